from . import workstation_actual
