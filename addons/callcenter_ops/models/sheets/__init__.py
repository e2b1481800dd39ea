from . import res_company
from . import report_sheet_maker
from . import report_sheet_totals
from . import report_sheet_paper
from . import report_sheet
from . import call
from . import hr_employee
from . import report_sheet_period_paper
