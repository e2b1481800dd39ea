from . import order_paper_register
