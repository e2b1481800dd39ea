from . import question_import
from . import question_export
