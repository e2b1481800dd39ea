from . import workstation_settings
