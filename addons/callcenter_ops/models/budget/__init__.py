from . import workstation_month_mixin
from . import workstation_budget
from . import workstation_budget_seat
from . import workstation_budget_line
from . import workstation_actual
from . import workstation_amendment
from . import workstation_amendment_line
from . import workstation_budget_report
