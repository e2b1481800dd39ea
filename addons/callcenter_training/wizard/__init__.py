from . import bank
from . import quiz
