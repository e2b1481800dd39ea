from . import acknowledgement_sign
from . import acknowledgement_refuse
from . import acknowledgement_paper
from . import candidate_link_show
from . import job_description_compare
from . import briefing_journal
