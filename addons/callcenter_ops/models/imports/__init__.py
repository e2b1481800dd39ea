from . import data_import
from . import data_import_column
from . import data_import_row
from . import res_users
