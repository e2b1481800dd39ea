from . import test_report_sheet
from . import test_report_sheet_deputy
from . import test_report_sheet_paper
from . import test_report_sheet_period
from . import test_report_sheet_upkeep
from . import test_signed_papers
from . import test_sheet_evidence
