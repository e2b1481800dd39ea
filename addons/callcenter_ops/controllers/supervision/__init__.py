from . import report_sheet
from . import dashboard
