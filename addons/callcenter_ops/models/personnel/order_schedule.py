import logging
from datetime import timedelta

import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

_CRON_BATCH = 50


class OrderSchedule(models.AbstractModel):
    """When a signed order is executed, and the scheduler that does it.

    An order is executed at the first instant of the day it takes effect on, in the
    company's time zone. The date of a dismissal is the last working day (Labour Code,
    art. 84.1): it is worked, so the order is executed when that day is over.
    """

    _name = "callcenter.order.schedule"
    _description = "Schedule of personnel orders"

    date_execution = fields.Date(
        string="Executed on",
        compute="_compute_date_execution",
        store=True,
        precompute=True,
        help="The day at whose first instant the order is executed: for a dismissal "
        "the day after the last working day.",
    )

    is_due = fields.Boolean(compute="_compute_is_due")
    is_last_day = fields.Boolean(
        compute="_compute_is_due",
        help="The last working day of an order of dismissal is today.",
    )

    @api.depends("date_execution", "order_type", "company_id")
    def _compute_is_due(self):
        for order in self:
            today = order.company_id._callcenter_today()
            day = order.date_execution
            order.is_due = bool(day) and day <= today
            order.is_last_day = (
                order.order_type == "dismissal" and order.date_effective == today
            )

    @api.depends("order_type", "date_effective")
    def _compute_date_execution(self):
        for order in self:
            worked = timedelta(days=order.order_type == "dismissal")
            start = order.date_effective
            order.date_execution = start and start + worked

    @api.model
    def _cron_execute_due(self):
        """Execute every signed order whose day has come.

        Works in batches and commits after each, so a crash loses one batch at
        most; an order that fails keeps its error, tells HR and is tried again by
        the next run.
        """
        seen = set()
        while orders := self._get_due_orders(seen):
            seen.update(orders.ids)
            for order in orders.try_lock_for_update():
                order._try_execute()
            if not self._commit_batch(len(orders)):
                break

    def _get_due_orders(self, seen):
        domain = Domain("state", "=", "signed") & Domain("id", "not in", list(seen))
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_execution", "<=", company._callcenter_today())
            for (company,) in self._read_group(domain, ["company_id"])
        )
        return self.search(domain & due, limit=_CRON_BATCH, order="date_execution, id")

    def _commit_batch(self, processed):
        """Commit inside a cron run; elsewhere the caller owns the transaction."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed)

    def _try_execute(self):
        try:
            with self.env.cr.savepoint():
                self._execute()
        except psycopg2.OperationalError:
            raise  # the database is away or asks for a retry: not this order's fault
        except Exception as error:
            _logger.exception("Order %s could not be executed", self.id)
            self._report_failure(str(error))

    def _report_failure(self, message):
        if self.execution_error == message:
            return
        self._transition({"execution_error": message})
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The order could not be executed"),
            note=message,
            user_id=self.create_uid.id,
        )

    def _schedule_execution(self):
        """Wake the cron at the first instant of the day of execution."""
        if not self.is_due:
            start, _end = self.company_id._callcenter_day_bounds(self.date_execution)
            self.env.ref("callcenter_ops.ir_cron_execute_due_orders")._trigger(at=start)

    def _check_due(self):
        """Raise UserError before the day of execution."""
        if self.is_due:
            return
        if self.order_type == "dismissal":
            raise UserError(
                self.env._(
                    "%(order)s: %(date)s is the last working day and is worked till "
                    "its end; the order is executed by itself when the day is over. "
                    "To end the access earlier on that day use “End the last day now”.",
                    order=self.display_name,
                    date=self.date_effective,
                )
            )
        raise UserError(
            self.env._(
                "%(order)s takes effect on %(date)s and cannot be executed before "
                "that day.",
                order=self.display_name,
                date=self.date_effective,
            )
        )
