from . import candidate_acts
