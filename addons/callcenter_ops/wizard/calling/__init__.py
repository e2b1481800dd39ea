from . import campaign_recycle
from . import rule_override_ask
from . import call_correct
from . import followup_give
