from . import readiness
from . import timeline
