from . import imports
from . import workstation
from . import budget
from . import sheets
from . import figures
