from . import test_attacks
from . import test_attempt
from . import test_quiz_security
from . import test_regrade
from . import test_signals
from . import test_parallel_start
from . import test_departments
from . import test_oracles
