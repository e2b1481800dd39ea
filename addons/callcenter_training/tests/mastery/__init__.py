from . import test_mastery
from . import test_practice
