from . import test_enquiry
from . import test_evidence
from . import test_inbox_setup
from . import test_look_budget
from . import test_writing
from . import test_service
