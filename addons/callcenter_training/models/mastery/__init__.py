from . import mastery
from . import mastery_keeper
from . import coverage
from . import practice_card
from . import practice_runner
from . import quiz_attempt
