from . import data_import
from . import debt
from . import debt_payment
from . import debt_ban_ground
from . import debt_ban
from . import promise
