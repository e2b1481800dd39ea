from . import test_clients
from . import test_debts
from . import test_exchange
from . import test_files
from . import test_products
from . import test_rights
from . import test_run
from . import test_tools
