from . import common
from . import test_call_stat
from . import test_dashboard
from . import test_desk_home
from . import test_desk_js
from . import test_kpi
from . import test_report_sheet
from . import test_report_sheet_paper
