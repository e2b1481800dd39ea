from . import test_attacks
from . import test_attempt
from . import test_quiz_security
