from . import test_facts
from . import test_question_maker
from . import test_bank_security
from . import test_questions
from . import test_question_import
from . import test_catalogue_import
from . import test_templates
