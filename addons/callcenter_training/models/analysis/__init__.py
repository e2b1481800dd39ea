from . import item_stat
from . import option_stat
from . import briefing
from . import quiz
from . import knowledge_result
from . import briefing_effect
from . import item_finding
