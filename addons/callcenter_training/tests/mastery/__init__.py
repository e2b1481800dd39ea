from . import test_briefing
from . import test_knowledge
from . import test_knowledge_views
from . import test_learning_card
from . import test_mastery
from . import test_practice
