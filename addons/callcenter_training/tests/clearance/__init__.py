from . import test_certificate
from . import test_changes
from . import test_clearance
from . import test_hand_out
from . import test_override
from . import test_quiz_life
from . import test_reminder
from . import test_timeline
