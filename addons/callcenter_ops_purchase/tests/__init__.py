from . import test_take_orders
