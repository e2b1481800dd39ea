from . import operator_state
