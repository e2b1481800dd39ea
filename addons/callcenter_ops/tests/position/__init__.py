from . import test_job_description
from . import test_acknowledgement
from . import test_clearance_by_documents
from . import test_policy
from . import test_document_text
from . import test_position_rights
