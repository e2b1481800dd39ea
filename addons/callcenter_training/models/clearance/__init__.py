from . import clearance
from . import hr_job
from . import hr_employee
from . import quiz
from . import quiz_attempt
