from . import desk
from . import sale_order
