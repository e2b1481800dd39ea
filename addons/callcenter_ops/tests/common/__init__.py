from . import test_company_day
from . import test_guarded_mixin
from . import test_kept_plans
from . import test_prepared_plans
from . import test_res_config_settings
from . import test_live_check
from . import test_outside_code
