from . import test_facts
from . import test_question_maker
from . import test_bank_security
