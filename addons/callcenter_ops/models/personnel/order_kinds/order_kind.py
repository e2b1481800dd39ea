from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_digits, date_in_words
from ....tools.personnel.terms import add_days


class OrderKind:
    """What one kind of personnel order asks for, does and prints.

    The way from draft to executed is the same for all orders and stands with the
    order, as do the fields; whatever differs between the kinds is said here.

    :param order: ``callcenter.personnel.order``, one record
    """

    # Letter of the series on paper: the registers are kept in Russian.
    series = ""
    # Number and code of the customary form, empty where there is none; its title.
    form = ""
    okud = ""
    title = ""
    # QWeb template of what stands between the head and the foot of the paper.
    paper_template = ""
    # The day it takes effect on is the last one worked: it is executed afterwards.
    ends_work = False
    # The signature alone has effects: they are undone even before the execution.
    works_once_signed = False
    # A later order of such a kind rests on an earlier one.
    moves_employee = False
    # A draft begins with the post that the employee holds.
    proposes_present_post = True
    # A draft rests on the labour contract itself, not on a paper of its own.
    ends_contract = False
    # For which reasons it may take effect before its own date.
    retro_reasons = ()
    # After the last day of its term somebody or something goes back.
    ends_by_itself = False

    def __init__(self, order):
        self.order = order
        self.env = order.env

    def check(self):
        """Raise UserError unless the order may be signed or executed as it is."""
        raise NotImplementedError

    def check_retro(self):
        """Raise UserError where the order reaches back without a reason of its kind."""
        order = self.order
        if order.date_effective >= order.date_order:
            return
        if order.retro_reason not in self.retro_reasons and not order.brought_in:
            raise UserError(
                self.env._(
                    "%(order)s takes effect on %(date)s, before its own date: the law "
                    "gives this kind of order no such reason.",
                    order=order.display_name,
                    date=date_in_digits(order.date_effective),
                )
            )

    def after_submit(self):
        """What submission prepares beside the requests for signature."""

    def before_sign(self):
        """What the paper names and only the signature gives."""

    def after_sign(self):
        """What the signature alone brings about."""

    def execute(self):
        """Do what the order says; called once, on its day, in one transaction."""
        raise NotImplementedError

    def undo(self, order):
        """Take back what was executed.

        :param order: the order of cancellation
        """
        raise NotImplementedError

    def end_term(self):
        """The last day of the term is over; asked of kinds that end by themselves."""

    def paper(self):
        """``{name: text}`` that this kind prints beside what every order prints."""
        return {}

    def get_register_content(self):
        """What the order does, in one line of the register."""
        order = self.order
        place = ", ".join(filter(None, [order.job_id.name, order.department_id.name]))
        return f"{place}, с {date_in_words(order.date_effective)}"

    def get_execution_date(self):
        """The day at whose first instant the order is executed; False if not known."""
        start = self.order.date_effective
        return start and add_days(start, int(self.ends_work))

    def refuse_early(self):
        """Raise UserError: the day of execution has not come."""
        raise UserError(
            self.env._(
                "%(order)s takes effect on %(date)s and cannot be executed before "
                "that day.",
                order=self.order.display_name,
                date=date_in_digits(self.order.date_effective),
            )
        )
