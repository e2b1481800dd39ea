from . import workstation_actual_import
from . import workstation_actual_import_error
