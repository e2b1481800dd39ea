from . import test_orders_on_the_card
