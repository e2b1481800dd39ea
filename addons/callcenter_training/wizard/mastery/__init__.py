from . import training_assign
