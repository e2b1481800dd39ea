from . import acknowledgement_sign
from . import acknowledgement_refuse
from . import job_description_compare
from . import briefing_journal
