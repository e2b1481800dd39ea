from . import inbox
from . import enquiry_queue
from . import enquiry_chat
from . import enquiry_client
from . import enquiry
from . import enquiry_reply
from . import discuss_channel
