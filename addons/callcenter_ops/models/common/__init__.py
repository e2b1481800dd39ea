from . import guarded_mixin
from . import res_company
