from . import test_company_day
from . import test_guarded_mixin
from . import test_kept_plans
from . import test_paper_pages
from . import test_plain_row
from . import test_prepared_plans
from . import test_res_config_settings
