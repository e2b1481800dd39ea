from . import guarded_mixin
from . import res_company
from . import cached_settings
from . import ir_config_parameter
from . import key_lock
from . import ir_http
from . import res_config_settings
from . import ir_module_module
