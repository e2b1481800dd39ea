from . import controllers
from . import models
from . import wizard
from . import report
from .fastpath import install_fastpath
