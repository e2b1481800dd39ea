from . import stocktake_scan
from . import workstation_kit_compare
from . import workstation_kit_compare_row
from . import handover_reply
from . import workplace_settings
