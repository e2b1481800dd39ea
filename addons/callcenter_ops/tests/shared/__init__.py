from . import test_company_day
from . import test_guarded_mixin
from . import test_kept_plans
