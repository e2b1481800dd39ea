"""The kinds of personnel orders and the table in which an order finds its own."""

from .acting import Acting
from .appointment import Appointment
from .cancellation import Cancellation
from .dismissal import Dismissal
from .name_change import NameChange
from .pay import Pay
from .terms import Terms
from .transfer import Transfer

# Values of ``order_type``; an addon adds kinds through ``_get_kinds`` of the order.
ORDER_KINDS = {
    "appointment": Appointment,
    "transfer": Transfer,
    "acting": Acting,
    "dismissal": Dismissal,
    "cancellation": Cancellation,
    "pay": Pay,
    "terms": Terms,
    "name": NameChange,
}
