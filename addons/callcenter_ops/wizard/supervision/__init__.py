from . import report_sheet_reason
