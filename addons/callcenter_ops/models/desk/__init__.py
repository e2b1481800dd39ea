from . import pause_reason
from . import operator_state
from . import desk
from . import call_claim
from . import hr_employee
from . import res_users
from . import followup
