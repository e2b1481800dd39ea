from . import enquiry_answer
from . import enquiry_register
