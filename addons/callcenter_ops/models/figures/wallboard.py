from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...fastpath.bus_rows import post
from ...tools.calling.kpi import KPIS
from .wallboard_actions import LongestWaits, WallboardActions

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
STATE_MESSAGE = "callcenter_ops.operator_state"
DAY_MESSAGE = "callcenter_ops.operator_day"
CAMPAIGNS_MESSAGE = "callcenter_ops.campaigns"
SERVICE_MESSAGE = "callcenter_ops.service"
# Parts of a company's or department's channel of the bus, by who may listen.
_DIRECTORS = "callcenter_directors"
_SUPERVISORS = "callcenter_supervisors"
# So many days at once are an import, which is no event for a wallboard.
_LIVE_DAYS = 20
_COUNTS = ("attempts", "contacts", "sales")
_SERVICE_SUMS = (
    "calls_offered",
    "calls_answered",
    "calls_in_time",
    "calls_abandoned",
)


class Wallboard(models.AbstractModel):
    """Who is in which state since when: one look at the start, then messages.

    The browser of a supervisor listens to his departments, that of the Director to his
    company, so a change costs two messages. A message says what has become of a row,
    never by how much it changed, and which of several is the later one (``since`` of a
    state, ``seq`` of a day): none can count twice. What is lost on the way is found by
    the look that each board takes every minute.
    """

    _name = "callcenter.wallboard"
    _description = "Wallboard"

    @api.model
    @api.readonly
    def get_data(self):
        """Everything the wallboard shows, as it stands now.

        :return: dict ``server_time``, ``day`` (today in the company's zone),
            ``operators``, ``queue``, ``service``, ``plan`` (of today's sheets, by
            name of the figure); moments in UTC; ``department_ids``:
            whose operators are shown, False for all
        """
        self._check_reader()
        departments = self._get_department_ids()
        operators = self._get_operators(departments)
        return {
            "server_time": fields.Datetime.to_string(fields.Datetime.now()),
            "day": fields.Date.to_string(self.env.company._callcenter_today()),
            "company_ids": self.env.companies.ids,
            "department_ids": departments,
            "operators": operators,
            "plan": self._get_plan([one["id"] for one in operators]),
            "queue": self.get_queue(),
            "service": self._get_service(self.env.company),
        }

    @api.model
    def _get_department_ids(self):
        """A supervisor watches his own departments, the Director all (False)."""
        if self.env.user.has_group("callcenter_ops.group_director"):
            return False
        return self.env["hr.department"]._get_supervised().ids

    @api.model
    def _get_operators(self, departments):
        companies = self.env.companies.ids
        # sudo: names and departments only; supervisors may not read hr.employee
        everybody = self.env["hr.employee"].sudo()
        employees = everybody.search(self._get_operator_domain(departments))
        states = self._get_states(companies)
        figures = self._get_figures()
        nothing = dict.fromkeys((*_COUNTS, "seq"), 0)
        return [
            {
                "id": employee.id,
                "name": employee.name,
                "department": employee.department_id.name or "",
                **states.get(employee.id, self._prepare_state("offline")),
                **figures.get(employee.id, nothing),
            }
            for employee in employees
        ]

    @api.model
    def _get_plan(self, employee_ids):
        """What the sheets of today plan for those who are shown."""
        # sudo: two sums; sheets themselves stay with those who may read them
        sheets = self.env["callcenter.report.sheet"].sudo()
        today = self.env.company._callcenter_today()
        own = [("employee_id", "in", employee_ids), ("date", "=", today)]
        sums = ["plan_attempts:sum", "plan_contacts:sum"]
        [(attempts, contacts)] = sheets._read_group(own, [], sums)
        return {"attempts": attempts or 0, "contacts": contacts or 0}

    @api.model
    def _get_operator_domain(self, departments, strict=False):
        """The appointed operators of some departments, and those without one.

        :param departments: ids; False for those of all
        :param strict: whether who is in no department is left out as well
        """
        homeless = [] if strict else [False]
        shown = [("department_id", "in", [*(departments or []), *homeless])]
        return [
            ("callcenter_status", "=", "appointed"),
            ("company_id", "in", self.env.companies.ids),
            ("user_id.all_group_ids", "in", self._get_group("operator").ids),
            *(shown if departments is not False else []),
        ]

    @api.model
    def _get_group(self, role):
        ids = self.env["ir.model.data"]
        group_id = ids._xmlid_to_res_id(f"callcenter_ops.group_{role}")
        return self.env["res.groups"].browse(group_id)

    @api.model
    def _get_states(self, companies):
        intervals = self.env["callcenter.operator.state"].search(
            [("ended_at", "=", False), ("company_id", "in", companies)]
        )
        return {
            interval.employee_id.id: self._prepare_state(
                interval.state,
                interval.started_at,
                interval.deadline_at,
                interval.pause_reason_id.name,
            )
            for interval in intervals
        }

    @api.model
    def _prepare_state(self, state, since=None, deadline=None, pause_reason=None):
        return {
            "state": state,
            "since": fields.Datetime.to_string(since),
            # A lease is prolonged all the time; only a pause is overdue for all to see.
            "deadline": fields.Datetime.to_string(deadline)
            if state == "pause"
            else False,
            "pause_reason": pause_reason or "",
        }

    @api.model
    def _get_figures(self):
        """Employee id -> his day so far, a day of his company's zone."""
        today = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("day", "=", company._callcenter_today())
            for company in self.env.companies
        )
        days = self.env["callcenter.operator.day"].search(today)
        return {
            one.employee_id.id: {name: one[name] for name in (*_COUNTS, "seq")}
            for one in days
        }

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(group) for group in _READERS):
            raise AccessError(
                self.env._("The wallboard is for supervisors and the Director.")
            )

    @api.model
    @api.readonly
    def get_queue(self):
        """The running campaigns and how many clients wait in each.

        :return: list of dicts ``id``, ``name``, ``left``
        """
        self._check_reader()
        running = self.env["callcenter.campaign"].search(
            [("state", "=", "running"), ("company_id", "in", self.env.companies.ids)]
        )
        rows = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "in", running.ids), ("state", "=", "queued")],
            ["campaign_id"],
            ["__count"],
        )
        left = {campaign.id: count for campaign, count in rows}
        return [
            {"id": one.id, "name": one.name, "left": left.get(one.id, 0)}
            for one in running
        ]

    # -------------------------------------------------------------------- actions

    # Who leads does it for one operator of his; see WallboardActions for what each
    # step asks and refuses.

    @api.model
    def get_choices(self, employee_id):
        """What may be done with an operator now, as of ``WallboardActions``."""
        return self._act(employee_id).get_choices()

    @api.model
    def send_message(self, employee_id, text):
        """Write to an operator; he sees it at once."""
        self._act(employee_id).send_message(text)
        return True

    @api.model
    def pause_operator(self, employee_id, pause_reason_id):
        """Send an operator on a pause."""
        self._act(employee_id).pause(pause_reason_id)
        return True

    @api.model
    def end_pause(self, employee_id):
        """Take an operator back from his pause."""
        self._act(employee_id).end_pause()
        return True

    @api.model
    def move_operator(self, employee_id, campaign_id):
        """Hand an operator clients of one campaign from now on."""
        self._act(employee_id).move(campaign_id)
        return True

    @api.model
    def give_client(self, employee_id, operator_id, reason):
        """Take the client out of an operator's hands and give him to another."""
        self._act(employee_id).give_client(operator_id, reason)
        return True

    @api.model
    def listen(self, employee_id):
        """Join the operator's conversation, where a telephone is connected.

        :return: whatever the addon of the telephone answers, see ``_listen``
        """
        return self._listen(self._act(employee_id).employee)

    @api.model
    def _listen(self, employee):
        """Hook of an addon that is connected to a telephone.

        :param employee: an operator whom the caller leads
        """
        raise UserError(self.env._("No telephone is connected to listen in."))

    @api.model
    @api.readonly
    def get_waiting(self):
        """Who waits longest, as of ``LongestWaits``."""
        self._check_reader()
        return LongestWaits(self.env).get_rows()

    @api.model
    def _act(self, employee_id):
        self._check_reader()
        return WallboardActions(self.env, employee_id)

    # -------------------------------------------------------------------- service

    @api.model
    def _get_service(self, company):
        """Figures of today.

        :return: dict of the PBX's calls (``calls_offered``…, ``service_level``
            0..1 or None, ``goal`` 0..1) and of letters (``letters_waiting``,
            ``letters_overdue``)
        """
        today = company._callcenter_today()
        # sudo: numbers of the whole company for those who lead; checked by callers
        days = self.env["callcenter.service.day"].sudo()
        [values] = days._read_group(
            [("company_id", "=", company.id), ("day", "=", today)],
            [],
            [f"{name}:sum" for name in _SERVICE_SUMS],
        )
        sums = dict(zip(_SERVICE_SUMS, (value or 0 for value in values), strict=True))
        goal = self.env["callcenter.service.level"]._get_at(company, today).goal
        level = KPIS["service_level"].value(sums)
        return {
            "company_id": company.id,
            "goal": goal / 100,
            "service_level": level,
            **sums,
            **self._count_letters(company),
        }

    @api.model
    def _count_letters(self, company):
        # sudo: two numbers; letters themselves stay with those who may read them
        letters = self.env["callcenter.enquiry"].sudo()
        waiting = [("company_id", "=", company.id), ("state", "!=", "answered")]
        late = [*waiting, ("deadline_at", "<", fields.Datetime.now())]
        return {
            "letters_waiting": letters.search_count(waiting),
            "letters_overdue": letters.search_count(late),
        }

    # ------------------------------------------------------------------- messages

    @api.model
    def _announce_state(self, employees, state, values):
        """Tell the wallboards that operators have changed their state."""
        reason = self.env["callcenter.pause.reason"].browse(
            values.get("pause_reason_id") or []
        )
        now, deadline = fields.Datetime.now(), values.get("deadline_at")
        for employee in employees:
            self._send(
                STATE_MESSAGE,
                employee,
                self._prepare_state(state, now, deadline, reason.name),
            )

    @api.model
    def _announce_days(self, days):
        """Tell the wallboards what has become of the days of operators.

        :param days: dicts of ``callcenter.operator.day``
        """
        if len(days) > _LIVE_DAYS:
            return
        # sudo: the departments of those whose calls were saved just now
        employees = self.env["hr.employee"].sudo()
        for one in days:
            figures = {name: one[name] for name in (*_COUNTS, "seq")}
            message = figures | {"day": fields.Date.to_string(one["day"])}
            self._send(DAY_MESSAGE, employees.browse(one["employee_id"]), message)

    @api.model
    def _announce_campaigns(self, companies):
        """Tell the wallboards to look anew which campaigns run."""
        for company in companies:
            self._post(CAMPAIGNS_MESSAGE, {"company_id": company.id}, company)

    @api.model
    def _announce_service(self, companies):
        """Tell the wallboards today's service of ``companies``."""
        for company in companies:
            self._post(SERVICE_MESSAGE, self._get_service(company), company)

    @api.model
    def _send(self, kind, employee, message):
        message |= {
            "id": employee.id,
            "company_id": employee.company_id.id,
            "department_id": employee.department_id.id,
        }
        department = employee.department_id
        self._post(kind, message, employee.company_id, department)

    @api.model
    def _post(self, kind, message, company, department=None):
        """Send to the company's Director and to those who lead the department.

        Without a department it concerns all who lead in the company.
        """
        post(self.env, (company, _DIRECTORS), kind, message)
        post(self.env, (department or company, _SUPERVISORS), kind, message)

    @api.model
    def _get_channels(self):
        """Which of these messages reach the browsers of the user."""
        user = self.env.user
        if user.has_group("callcenter_ops.group_director"):
            return [(company, _DIRECTORS) for company in user.company_ids]
        if user.has_group("callcenter_ops.group_supervisor"):
            led = self.env["hr.department"]._get_supervised()
            return [(one, _SUPERVISORS) for one in (*user.company_ids, *led)]
        return []
