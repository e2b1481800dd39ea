from . import test_agreement
from . import test_evaluation
from . import test_kept_words
from . import test_lead_result
from . import test_today
