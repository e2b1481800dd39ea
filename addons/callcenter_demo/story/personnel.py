from datetime import timedelta

from odoo import Command

from .common import Story

OFFICE = ("director", "hr", "sales", "deputy", "trainer")
OPERATORS = ("anna", "boris", "vera", "gleb", "darya", "egor", "zhanna")


CANDIDATE = "irina"
_HIRED_DAYS_AGO = 28
_OFFICE_DAYS_AGO = 60
_WAGE = 42_000


class PeopleStory(Story):
    """How the demo company's operators came to their posts, papers and workplaces.

    Every step is the action of its own role; nothing is written past the rules.
    """

    def tell(self):
        self._bring_in_office()
        hired = self._get_today() - timedelta(days=_HIRED_DAYS_AGO)
        with self._at(self._get_moment(hired - timedelta(days=14), 10)):
            self._approve_documents()
            self._approve_budgets()
        with self._at(self._get_moment(hired, 9)):
            self._appoint_operators(hired)
        with self._at(self._get_moment(hired, 10)):
            self._sign_documents()
        with self._at(self._get_moment(hired, 11)):
            self._hand_over_workplaces()
        self._prepare_candidate()
        self._plan_substitution()
        self._join_sales_team()

    def _bring_in_office(self):
        """The office worked here before the program: its orders are on paper."""
        day = self._get_today() - timedelta(days=_OFFICE_DAYS_AGO)
        orders = self.env["callcenter.personnel.order"]
        for number, name in enumerate(OFFICE, 1):
            person = self._get_employee(name)
            orders._bring_in(
                {
                    "employee_id": person.id,
                    "company_id": person.company_id.id,
                    "job_id": person.job_id.id,
                    "department_id": person.department_id.id,
                    "name": f"{number}-к",
                    "date_order": day,
                    "date_effective": day,
                    "contract_number": f"{number}/ТД",
                    "contract_date": day,
                }
            )

    def _approve_documents(self):
        today = self._get_today()
        for model in ("callcenter.job.description", "callcenter.policy"):
            drafts = self.env[model].search([("state", "=", "draft")])
            self._as("hr", drafts).write({"date_from": today})
            for document in drafts:
                self._as("director", document).action_approve()

    def _approve_budgets(self):
        """One place (27 400 in the first month) and the whole room for a year."""
        kit = self._ref("workstation_kit_office")
        day = self._get_today().replace(day=1)
        budgets = self._as("hr", self.env["callcenter.workstation.budget"]).create(
            [
                {"kit_id": kit.id, "seat_count": seats, "date_from": day, "months": 12}
                for seats in (1, len(OPERATORS) + 1)
            ]
        )
        for budget in budgets:
            self._as("director", budget).action_approve()

    def _appoint_operators(self, day):
        orders = self._as("hr", self.env["callcenter.personnel.order"]).create(
            [self._prepare_appointment(name, day) for name in OPERATORS]
        )
        orders.action_submit()
        self._as("director", orders).action_sign()
        for name in OPERATORS:
            user = self._get_employee(name).user_id
            user.write({"password": f"{name}-demo", "lang": "ru_RU"})

    def _prepare_appointment(self, name, day):
        return {
            "order_type": "appointment",
            "employee_id": self._get_employee(name).id,
            "job_id": self._ref("job_operator").id,
            "department_id": self._ref("department_callcenter").id,
            "date_order": day,
            "date_effective": day,
            "wage": _WAGE,
            "trial_months": 3,
            "login": name,
            "basis": "Трудовой договор",
        }

    def _sign_documents(self):
        for name in OPERATORS:
            user = self._get_employee(name).user_id
            pending = self.env["callcenter.acknowledgement"].search(
                [("employee_id.user_id", "=", user.id), ("state", "=", "pending")]
            )
            pending.with_user(user).action_acknowledge()
            # What the law wants on paper was read; the sheets came back signed.
            sheets = pending.filtered(lambda one: one.state == "pending")
            self._as("hr", sheets)._register_paper(self._get_today())

    def _hand_over_workplaces(self):
        for number, name in enumerate(OPERATORS, 1):
            employee = self._get_employee(name)
            act = self._as("hr", self.env["callcenter.handover"]).create(
                {
                    "handover_type": "handover",
                    "employee_id": employee.id,
                    "workstation_id": self._ref(f"workstation_{number:02}").id,
                }
            )
            act.action_fill()
            act.action_issue()
            act.with_user(employee.user_id).action_accept()
        self.env.company.callcenter_workplace_policy = "block"

    def _prepare_candidate(self):
        """The order of the newcomer is drafted; whoever tries the demo goes on."""
        self._as("hr", self.env["callcenter.personnel.order"]).create(
            self._prepare_appointment(CANDIDATE, self._get_today())
        )

    def _plan_substitution(self):
        """The sales director is away next week: the deputy stands in for him."""
        today = self._get_today()
        start = today + timedelta(days=7 - today.weekday())
        order = self._as("hr", self.env["callcenter.personnel.order"]).create(
            {
                "order_type": "acting",
                "employee_id": self._get_employee("deputy").id,
                "absent_employee_id": self._get_employee("sales").id,
                "date_effective": start,
                "date_end": start + timedelta(days=6),
                "basis": "Служебная записка",
            }
        )
        order.action_submit()
        self._as("director", order).action_sign()

    def _join_sales_team(self):
        team = self.env.ref("sales_team.team_sales_department", False)
        users = self.env["res.users"].search([("login", "in", OPERATORS)])
        if team:
            team.member_ids = [Command.link(user.id) for user in users]
