from . import test_briefing_effect
from . import test_interval
from . import test_item_finding
from . import test_item_findings
from . import test_item_statistics
from . import test_knowledge_result
from . import test_option_stats
from . import test_statistics
