from . import hire
from . import order_batch
from . import order_paper_register
from . import order_register_print
from . import order_remark
from . import order_signing
