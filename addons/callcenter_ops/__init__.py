from . import fastpath
from . import controllers
from . import models
from . import wizard
from . import report
from .fastpath.kept_plans import keep_plans

keep_plans()
