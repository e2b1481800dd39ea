from . import quiz_regrade
from . import quiz_regrade_line
from . import quiz_trial
