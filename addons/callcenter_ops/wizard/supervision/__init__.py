from . import report_sheet_reason
from . import call_correct
from . import evaluation_words
