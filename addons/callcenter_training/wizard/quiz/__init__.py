from . import quiz_rate
from . import quiz_rate_line
from . import quiz_regrade
from . import quiz_regrade_line
from . import quiz_trial
