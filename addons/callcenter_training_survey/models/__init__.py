from . import briefing
from . import briefing_line
