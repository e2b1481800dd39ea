from . import test_debt
from . import test_debt_tools
from . import test_debtor_letter
from . import test_recipes
from . import test_debt_ageing
