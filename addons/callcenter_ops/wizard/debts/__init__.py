from . import debt_ageing
from . import debt_ageing_row
