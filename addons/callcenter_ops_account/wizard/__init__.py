from . import workstation_actual_take
