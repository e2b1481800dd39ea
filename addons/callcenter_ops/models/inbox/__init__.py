from . import inbox
from . import enquiry
from . import enquiry_reply
from . import campaign_contact
from . import desk
from . import client_grant
from . import hr_employee
from . import res_partner
