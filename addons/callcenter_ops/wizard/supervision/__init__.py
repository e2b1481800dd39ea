from . import report_sheet_reason
from . import call_correct
