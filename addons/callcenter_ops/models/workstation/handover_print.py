import base64
import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf
from psycopg2 import OperationalError

_logger = logging.getLogger(__name__)

BATCH_ACTS = 50


class HandoverPrint(models.Model):
    """Many acts on paper, printed in the background, batch after batch.

    A batch and the count of what is done are one transaction: a run that is killed
    goes on where the last batch ended. The batches become one file at the end.
    """

    _name = "callcenter.handover.print"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Printing of acts in the background"
    _order = "id desc"
    _rec_name = "filename"

    _guarded_fields = (
        "state",
        "user_id",
        "act_ids",
        "done_count",
        "cancel_requested",
        "file",
        "failure",
    )
    _frozen_states = ("queued", "running", "done", "cancelled", "failed")

    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    act_ids = fields.Many2many(
        "callcenter.handover",
        relation="callcenter_handover_print_rel",
        string="Acts",
        readonly=True,
    )
    act_count = fields.Integer(string="Acts to print", readonly=True)
    done_count = fields.Integer(string="Printed", readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Printed ÷ acts × 100.")
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Printing"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    cancel_requested = fields.Boolean(readonly=True)
    failure = fields.Char(readonly=True)
    file = fields.Binary(string="PDF", attachment=True, readonly=True)
    filename = fields.Char(readonly=True)

    @api.depends("act_count", "done_count")
    def _compute_progress(self):
        for job in self:
            job.progress = job.act_count and 100 * job.done_count / job.act_count

    def action_cancel(self):
        """Stop printing after the batch that runs."""
        self.check_access("read")
        self._check_in_state("queued", "running")
        # sudo: the rule shows everyone his own printing alone, and it may be stopped
        jobs = self.sudo()
        waiting = jobs.filtered(lambda job: job.state == "queued")
        waiting._transition({"state": "cancelled"})
        (jobs - waiting)._transition({"cancel_requested": True})

    @api.model
    def _start(self, acts):
        """Queue acts that the user may read; the new printing."""
        if not acts:
            raise UserError(self.env._("Choose the acts to print."))
        acts.check_access("read")
        # sudo: who may read acts may print them; the record is the system's
        jobs = self.sudo()._in_transition()
        job = jobs.create(
            {
                "user_id": self.env.user.id,
                "company_id": self.env.company.id,
                "act_ids": [Command.set(acts.ids)],
                "act_count": len(acts),
                "filename": self.env._("Acts (%(count)s).pdf", count=len(acts)),
            }
        )
        # sudo: starting the scheduled job is no right of its own
        self.env.ref("callcenter_ops.ir_cron_print_handovers").sudo()._trigger()
        return job.with_env(self.env)

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print acts"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_run(self):
        """Print what waits, the oldest first, until the time of the run is over."""
        waiting = self.search([("state", "in", ("queued", "running"))], order="id")
        for job in waiting:
            if not job._run():
                return

    def _run(self):
        """Go on with one printing; whether there is time left for another."""
        try:
            time_left = True
            while time_left and self._has_work():
                time_left = self._run_batch()
        except OperationalError:
            raise  # the scheduler runs the batch again
        except Exception:
            _logger.exception("Printing %s stopped at %s", self.id, self.done_count)
            self.env.cr.rollback()
            failure = self._told_to(self.user_id).env._(
                "An unexpected fault, see the server's log."
            )
            self._finish("failed", {"failure": failure})
            self.env["ir.cron"]._commit_progress()
            return True
        return bool(time_left)

    def _has_work(self):
        """Lock the printing for a batch; a cancelled or finished one has no work."""
        if not self.try_lock_for_update():
            return False
        self.invalidate_recordset()
        if self.cancel_requested and self.state == "running":
            self._finish("cancelled")
        return self.state in ("queued", "running")

    def _run_batch(self):
        """One batch and its commit; the seconds left of the run, 0 for none."""
        acts = self.act_ids.sorted("id")[self.done_count :][:BATCH_ACTS]
        if acts:
            self._keep_part(self._render(acts))
        done = self.done_count + len(acts)
        self._transition({"state": "running", "done_count": done})
        if done >= self.act_count or not acts:
            self._finish("done", {"file": self._merge_parts()})
        return self.env["ir.cron"]._commit_progress(
            len(acts), remaining=max(0, self.act_count - done)
        )

    def _render(self, acts):
        """The acts as PDF, in the name of who asked for it."""
        reports = self.env["ir.actions.report"].with_user(self.user_id)
        reports = reports.with_company(self.company_id)
        name = "callcenter_ops.handover_action_report"
        return reports._render_qweb_pdf(name, acts.ids)[0]

    def _get_parts(self):
        # sudo: the parts belong to the system until they are one file
        files = self.env["ir.attachment"].sudo()
        return files.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", False),
            ],
            order="id",
        )

    def _keep_part(self, pdf):
        # sudo: the parts belong to the system until they are one file
        self.env["ir.attachment"].sudo().create(
            {
                "name": f"{self.done_count}.pdf",
                "res_model": self._name,
                "res_id": self.id,
                "raw": pdf,
            }
        )

    def _merge_parts(self):
        return base64.b64encode(merge_pdf(self._get_parts().mapped("raw")))

    def _finish(self, state, vals=None):
        """Close the printing, drop its parts and tell who asked for it."""
        self._transition({"state": state} | (vals or {}))
        self._get_parts().unlink()
        reader = self._told_to(self.user_id)
        labels = dict(self._fields["state"]._description_selection(reader.env))
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "success" if state == "done" else "warning",
                "title": self.filename,
                "message": labels[state],
            },
        )

    @api.autovacuum
    def _gc_old(self):
        """Files older than a week go: the acts print again at any time."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        old = self.search(
            [
                ("create_date", "<", limit),
                ("state", "in", ("done", "cancelled", "failed")),
            ]
        )
        old._in_transition().unlink()
