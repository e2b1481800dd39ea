from . import common
from . import tools
from . import bank
from . import quiz
from . import clearance
from . import mastery
from . import analysis
