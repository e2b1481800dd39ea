from . import res_company
from . import report_sheet
from . import call
from . import hr_employee
from . import day_seal
from . import desk
from . import res_partner
from . import today
