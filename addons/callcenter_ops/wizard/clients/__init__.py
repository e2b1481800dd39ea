from . import client_forget
from . import number_range_import
