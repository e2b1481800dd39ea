from . import enquiry_answer
from . import enquiry_register
from . import contact_write
from . import enquiry_assign
