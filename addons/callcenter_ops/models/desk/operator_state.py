from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import warm

STATES = [
    ("offline", "Offline"),
    ("ready", "Ready"),
    ("preview", "Preview"),
    ("talk", "Talk"),
    ("wrap", "Wrap-up"),
    ("pause", "Pause"),
]
_CURRENT = """
SELECT id, state, started_at, pause_reason_id, reason
  FROM callcenter_operator_state
 WHERE employee_id = %(employee)s AND ended_at IS NULL
"""
_SWITCH = """
WITH closed AS (
    UPDATE callcenter_operator_state
       SET ended_at = GREATEST(started_at, %(now)s),
           seconds = GREATEST(0, EXTRACT(epoch FROM %(now)s - started_at)::int)
     WHERE employee_id = ANY(%(employees)s) AND ended_at IS NULL
 RETURNING employee_id, department_id, company_id, state, started_at, seconds
)%(parts)s
INSERT INTO callcenter_operator_state (
    employee_id, user_id, department_id, company_id, state, reason, pause_reason_id,
    campaign_id, deadline_at, started_at, create_uid, write_uid, create_date,
    write_date)
SELECT d.employee_id, d.user_id, d.department_id, d.company_id, %(state)s, %(reason)s,
       %(pause)s::int, %(campaign)s::int, %(deadline)s::timestamp, %(now)s, %(uid)s,
       %(uid)s, %(now)s, %(now)s
  FROM unnest(%(employees)s::int[], %(users)s::int[], %(departments)s::int[],
              %(companies)s::int[])
       AS d(employee_id, user_id, department_id, company_id)
-- The open intervals are ended first: an operator has one at a time.
 WHERE (SELECT count(*) FROM closed) >= 0
-- Two requests of one operator: the later fails as a serialisation error, which it is
-- repeated for.
ON CONFLICT DO NOTHING
"""


class OperatorState(models.Model):
    """What an operator did from when to when; the open interval is the present."""

    _name = "callcenter.operator.state"
    _description = "State of an operator"
    _order = "started_at desc, id desc"
    _rec_name = "state"

    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    pause_reason_id = fields.Many2one("callcenter.pause.reason", readonly=True)
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, ondelete="set null"
    )
    started_at = fields.Datetime(
        string="From", required=True, readonly=True, index=True
    )
    ended_at = fields.Datetime(string="To", readonly=True)
    seconds = fields.Integer(readonly=True)
    deadline_at = fields.Datetime(
        string="Deadline",
        readonly=True,
        help="When the state ends by itself or is shown as overdue.",
    )
    reason = fields.Selection(
        [
            ("operator", "Operator's choice"),
            ("desk", "Work of the desk"),
            ("lease", "The desk fell silent"),
            ("supervisor", "Supervisor"),
            ("dismissal", "Dismissal"),
        ],
        required=True,
        default="operator",
        readonly=True,
    )

    _open_unique = models.UniqueIndex(
        "(employee_id) WHERE ended_at IS NULL", "An operator has one state at a time."
    )
    _employee_started_idx = models.Index("(employee_id, started_at DESC)")
    _open_deadline_idx = models.Index("(deadline_at) WHERE ended_at IS NULL")
    _period = models.Constraint(
        "CHECK (ended_at IS NULL OR ended_at >= started_at)",
        "A state cannot end before it begins.",
    )

    @api.model
    def _get_current(self, employee):
        """The open interval of one operator; empty before the first one."""
        self.flush_model()
        run_prepared(self.env.cr, _CURRENT, {"employee": employee.id})
        row = self.env.cr.fetchone()
        if not row:
            return self.browse()
        state_id, state, started_at, pause_reason_id, reason = row
        current = self.browse(state_id)
        warm(
            current,
            state=state,
            started_at=started_at,
            pause_reason_id=pause_reason_id,
            reason=reason,
        )
        return current

    @api.model
    def _switch(self, employees, state, reason="desk", **values):
        """End the open intervals of ``employees`` and begin the next ones now.

        :param values: ``deadline_at``, ``campaign_id``, ``pause_reason_id`` of the
            new interval, the same for all
        """
        if not employees:
            return
        self.flush_model()
        parts = enumerate(self._get_switch_parts())
        self.env.cr.execute(
            SQL(
                _SWITCH,
                parts=SQL("").join(
                    SQL(", %s AS (%s)", SQL.identifier(f"part_{number}"), part)
                    for number, part in parts
                ),
                state=state,
                reason=reason,
                pause=values.get("pause_reason_id") or None,
                campaign=values.get("campaign_id") or None,
                deadline=values.get("deadline_at") or None,
                now=fields.Datetime.now(),
                uid=self.env.uid,
                **self._get_owner_columns(employees),
            )
        )
        self.invalidate_model()
        self._after_switch(employees, state, values)

    def _get_owner_columns(self, employees):
        return {
            "employees": employees.ids,
            "users": [employee.user_id.id or None for employee in employees],
            "departments": [
                employee.department_id.id or None for employee in employees
            ],
            "companies": [employee.company_id.id for employee in employees],
        }

    @api.model
    def _get_switch_parts(self):
        """Statements that run within a switch, on the intervals that it ends.

        A request at the desk has no time for a statement of their own.

        :return: list of ``SQL`` that read ``closed``: rows of ``employee_id``,
            ``department_id``, ``company_id``, ``state``, ``started_at``, ``seconds``
        """
        return []

    @api.model
    def _after_switch(self, employees, state, values):
        """Called when ``employees`` have begun ``state``; ``values`` as of a switch."""

    @api.model
    def _get_pause_deadline(self, pause_reason):
        """When a pause that begins now is overdue; False where it has no limit."""
        if not pause_reason.max_minutes:
            return False
        return fields.Datetime.now() + timedelta(minutes=pause_reason.max_minutes)

    @api.model
    def _sweep(self):
        """End the ready and wrap-up states of operators whose desk fell silent."""
        silent = self.search(
            [
                ("ended_at", "=", False),
                ("deadline_at", "<", fields.Datetime.now()),
                ("state", "in", ["ready", "preview", "wrap", "talk"]),
            ]
        )
        busy = self.env["callcenter.call.claim"].search(
            [("employee_id", "in", silent.employee_id.ids)]
        )
        self._switch(silent.employee_id - busy.employee_id, "offline", reason="lease")
