from . import common
from . import supervision
from . import workstation
