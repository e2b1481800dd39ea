from . import common
from . import shared
from . import data_import
from . import personnel
from . import position
from . import workstation
from . import supervision
from . import calling
