from . import report_sheet_reason
from . import report_sheet_period
from . import report_sheet_team_day
