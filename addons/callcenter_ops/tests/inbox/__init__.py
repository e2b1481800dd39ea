from . import test_enquiry
from . import test_evidence
