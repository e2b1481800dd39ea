from . import common
from . import shared
