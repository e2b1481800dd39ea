from . import data_import_message
from . import data_import_reader
from . import data_import
from . import data_import_column
from . import data_import_row
from . import data_import_loader
from . import data_import_products
from . import data_import_runner
