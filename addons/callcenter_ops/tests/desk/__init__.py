from . import test_call_by_hand
from . import test_callback
from . import test_desk_hand_out
from . import test_desk_home
from . import test_desk_js
from . import test_desk_result
from . import test_incoming_call
from . import test_pace
