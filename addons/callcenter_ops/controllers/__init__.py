from . import budget
from . import common
from . import figures
from . import imports
from . import position
from . import sheets
from . import workstation
