from . import bank
from . import quiz
from . import clearance
