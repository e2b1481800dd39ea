from . import report_sheet
