from . import common
from . import tools
from . import bank
from . import quiz
from . import clearance
