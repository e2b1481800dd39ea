from . import hr_department
from . import leave_proposal
