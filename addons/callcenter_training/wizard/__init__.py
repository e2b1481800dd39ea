from . import bank
from . import quiz
from . import mastery
from . import clearance
