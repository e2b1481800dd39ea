from . import common
from . import supervision
