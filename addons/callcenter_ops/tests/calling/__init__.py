from . import test_ab_test
from . import test_call_correction
from . import test_call_rules
from . import test_call_story
from . import test_campaign
from . import test_campaign_alone
from . import test_campaign_operators
from . import test_campaign_sources
from . import test_claim_machine
from . import test_client_comes_first
from . import test_concurrency
from . import test_correction_effects
from . import test_departments
from . import test_disposition
from . import test_do_not_call
from . import test_followup
from . import test_limits
<<<<<<< HEAD
from . import test_marking
from . import test_purpose
from . import test_rule_floor
=======
from . import test_promises
>>>>>>> main
from . import test_rule_override
from . import test_script
from . import test_second_number
from . import test_tools
