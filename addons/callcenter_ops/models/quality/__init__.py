from . import res_company
from . import hr_employee
from . import call
from . import scorecard
from . import scorecard_criterion
from . import sampling_rule
from . import evaluation
from . import evaluation_line
