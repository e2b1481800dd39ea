from . import data_import
