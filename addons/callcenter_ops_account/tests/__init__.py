from . import test_take_bills
