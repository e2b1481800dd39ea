from . import test_head_on_leave
from . import test_leave_proposal
