from . import clearance
