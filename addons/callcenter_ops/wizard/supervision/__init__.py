from . import report_sheet_reason
from . import call_correct
from . import evaluation_words
from . import report_sheet_period
from . import report_sheet_team_day
