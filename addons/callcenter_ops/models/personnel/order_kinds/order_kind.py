from datetime import timedelta

from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_words


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

    def __init__(self, order):
        self.order = order
        self.env = order.env

    def check(self):
        """Raise UserError unless the order may be signed or executed as it is."""
        raise NotImplementedError

    def after_submit(self):
        """What submission prepares beside the requests for signature."""

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
        return start and start + timedelta(days=self.ends_work)

    def refuse_early(self):
        """Raise UserError: the day of execution has not come."""
        raise UserError(
            self.env._(
                "%(order)s takes effect on %(date)s and cannot be executed before "
                "that day.",
                order=self.order.display_name,
                date=self.order.date_effective,
            )
        )
