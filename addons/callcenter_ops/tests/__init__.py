from . import common
from . import shared
from . import supervision
from . import personnel
from . import workstation
