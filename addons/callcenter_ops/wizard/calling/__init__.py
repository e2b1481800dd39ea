from . import contact_write
from . import campaign_recycle
from . import client_forget
from . import number_range_import
from . import rule_override_ask
from . import enquiry_answer
from . import enquiry_register
