from ..fastpath import install_fastpath
from . import common
from . import imports
from . import personnel
from . import position
from . import workstation
from . import budget
from . import clients
from . import calling
from . import desk
from . import debts
from . import inbox
from . import sheets
from . import figures
from . import quality

# pytest imports the addon before Odoo loads it, and then Odoo does not call this.
install_fastpath()
