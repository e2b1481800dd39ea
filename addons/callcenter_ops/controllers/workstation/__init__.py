from . import stocktake
