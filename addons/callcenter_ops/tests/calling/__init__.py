from . import common
from . import test_campaign
from . import test_client_protection
from . import test_concurrency
from . import test_desk_hand_out
from . import test_desk_result
from . import test_evidence
