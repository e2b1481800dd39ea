from . import workstation_budget
from . import stocktake
