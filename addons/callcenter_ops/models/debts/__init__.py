from . import data_import_debts
from . import data_import_payments
from . import debt
from . import debt_payment
from . import debt_ban_ground
from . import debt_ban
from . import promise
