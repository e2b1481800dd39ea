from . import common
from . import personnel
from . import position
from . import workstation
from . import calling
from . import supervision
