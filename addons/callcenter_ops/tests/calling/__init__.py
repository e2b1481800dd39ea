from . import common
from . import test_call_by_hand
from . import test_campaign
from . import test_claim_machine
from . import test_client_base
from . import test_correction_effects
from . import test_client_protection
from . import test_concurrency
from . import test_debt
from . import test_debt_tools
from . import test_departments
from . import test_desk_hand_out
from . import test_desk_result
from . import test_enquiry
from . import test_evidence
from . import test_incoming_call
from . import test_regions
<<<<<<< HEAD
from . import test_rule_override
=======
from . import test_script
>>>>>>> b8a92f7 (Lead conversations by scripts in steps; find clients and answer callers from the desk)
from . import test_tools
