from . import item_stat
from . import option_stat
from . import stat_builder
from . import quiz
from . import knowledge_result
from . import briefing_effect
