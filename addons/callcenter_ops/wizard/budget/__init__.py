from . import workstation_actual_import
from . import workstation_actual_import_error
from . import workstation_actual_take
from . import workstation_actual_take_row
