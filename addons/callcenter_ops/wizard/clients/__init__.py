from . import client_cleaning
from . import client_cleaning_row
from . import client_forget
from . import number_range_import
