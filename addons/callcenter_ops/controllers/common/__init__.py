from . import csv_export
from . import excel_export
