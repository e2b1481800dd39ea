from . import test_scoring
from . import test_options
from . import test_price_range
from . import test_knowledge
from . import test_question_files
from . import test_item_statistics
from . import test_signals
from . import test_interval
