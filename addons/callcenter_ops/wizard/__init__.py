from . import calling
from . import personnel
from . import position
from . import supervision
from . import workstation
