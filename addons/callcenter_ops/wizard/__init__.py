from . import position
from . import supervision
