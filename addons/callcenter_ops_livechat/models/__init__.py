from . import discuss_channel
from . import enquiry
