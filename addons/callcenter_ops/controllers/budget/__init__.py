from . import workstation_budget
