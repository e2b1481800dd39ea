from . import scorecard
from . import scorecard_criterion
from . import sampling_rule
from . import evaluation_appeal
from . import evaluation_calibration
from . import evaluation
from . import evaluation_line
