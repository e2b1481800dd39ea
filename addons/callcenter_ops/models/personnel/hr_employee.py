from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache
from odoo.tools.misc import format_date

from ...fastpath.clearance_stamp import ClearanceStamp
from ...tools.personnel.name_cases import CASES, clean_name, inflect_name, short_name
from .ordered_card import ORDERED_FIELDS, OrderedCard

_HR = "hr.group_hr_user"
# A new password goes to these; the others are what a person is reached or known by.
_OPENS = {"work_contact_id", "work_email"}
_LEADS_IN = _OPENS | {
    "barcode",
    "mobile_phone",
    "pin",
    "private_email",
    "private_phone",
    "work_phone",
}
_ORDERED = ORDERED_FIELDS["hr.employee"].keys()


class HrEmployee(models.Model):
    """An employee as the call centre sees him: status, names on papers, clearance.

    The status follows from executed orders; while somebody is appointed, his card
    is archived and his post changed by orders alone (see also ``hr.version``). Forms,
    imports, RPC and Odoo's departure wizard all come through here; the execution of
    an order passes with the guard's own token.
    """

    _name = "hr.employee"
    _inherit = [
        "hr.employee",
        "callcenter.guarded.mixin",
        "callcenter.headship.source.mixin",
    ]

    _trail_field = "callcenter_status"
    _guarded_fields = ("callcenter_status", "callcenter_left_on")
    _headship_fields = frozenset(("user_id", "active"))

    callcenter_status = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("appointed", "Appointed"),
            ("dismissed", "Dismissed"),
        ],
        string="Call centre status",
        default="candidate",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        groups="hr.group_hr_user,callcenter_ops.group_director,"
        "callcenter_ops.group_supervisor",
        help="Follows from the executed orders alone.",
    )
    callcenter_last_day = fields.Date(
        string="Last working day",
        compute="_compute_callcenter_last_day",
        store=True,
        groups=_HR,
        help="From a signed order of dismissal that waits for its day.",
    )
    callcenter_left_on = fields.Date(
        string="Left before on",
        readonly=True,
        copy=False,
        groups=_HR,
        help="Last working day of the employment before: what was signed or passed "
        "by then does not count after a return.",
    )
    callcenter_personnel_number = fields.Char(
        string="Personnel number", copy=False, groups=_HR
    )
    callcenter_name_gen = fields.Char(
        string="Name: genitive",
        groups=_HR,
        help="Leave empty to let the program inflect the name. Printed on papers.",
    )
    callcenter_name_dat = fields.Char(string="Name: dative", groups=_HR)
    callcenter_name_acc = fields.Char(string="Name: accusative", groups=_HR)
    callcenter_name_ins = fields.Char(string="Name: instrumental", groups=_HR)
    callcenter_name_short = fields.Char(
        string="Initials and surname",
        groups=_HR,
        help="As under a signature; empty = made from the name.",
    )
    callcenter_name_preview = fields.Char(
        string="On papers",
        compute="_compute_callcenter_name_preview",
        groups=_HR,
        help="The name in the four cases as the papers will print it.",
    )
    callcenter_order_ids = fields.One2many(
        "callcenter.personnel.order",
        "employee_id",
        string="Personnel orders",
        groups="callcenter_ops.group_hr,callcenter_ops.group_director",
    )

    callcenter_in_chart = fields.Boolean(
        string="In the chart",
        compute="_compute_callcenter_in_chart",
        search="_search_callcenter_in_chart",
        groups=_HR,
        help="Appointed by an order, or above somebody who was.",
    )
    callcenter_chart_note = fields.Char(
        string="Stands in or is replaced",
        compute="_compute_callcenter_chart_note",
        groups=_HR,
    )

    _personnel_number_unique = models.UniqueIndex(
        "(company_id, callcenter_personnel_number) "
        "WHERE callcenter_personnel_number IS NOT NULL",
        "Another employee has this personnel number already.",
    )

    @api.depends("callcenter_order_ids.state", "callcenter_order_ids.date_effective")
    def _compute_callcenter_last_day(self):
        waiting = dict(
            self.env["callcenter.personnel.order"]._read_group(
                [
                    ("employee_id", "in", self.ids),
                    ("order_type", "=", "dismissal"),
                    ("state", "=", "signed"),
                ],
                ["employee_id"],
                ["date_effective:max"],
            )
        )
        for employee in self:
            employee.callcenter_last_day = waiting.get(employee._origin)

    @api.depends(
        "name",
        "sex",
        "callcenter_name_gen",
        "callcenter_name_dat",
        "callcenter_name_acc",
        "callcenter_name_ins",
        "callcenter_name_short",
    )
    def _compute_callcenter_name_preview(self):
        for employee in self:
            forms = [employee._get_name_in_case(case) for case in CASES]
            employee.callcenter_name_preview = " · ".join(
                [*forms, employee._get_short_name()]
            )

    def _get_name_in_case(self, case):
        """The full name in a case of ``CASES``: HR's own form, else inflected."""
        self.ensure_one()
        own = self[f"callcenter_name_{case[:3]}"]
        return clean_name(own) or inflect_name(self.name or "", case, self.sex)

    def _get_short_name(self):
        """Initials and surname: HR's own form, else made from the name."""
        self.ensure_one()
        return clean_name(self.callcenter_name_short) or short_name(self.name or "")

    def _check_callcenter_witnesses(self, person):
        """Refuse witnesses who cannot confirm that a person refused to sign.

        :param person: ``hr.employee``, who refused
        :raise UserError: not two, or the person himself, a stranger, somebody who left
        """
        fit = self.filtered(
            lambda one: one.active and one.company_id == person.company_id
        )
        if len(self) != 2 or len(fit) != 2 or person in self:
            raise UserError(
                self.env._(
                    "A refusal needs two witnesses: employees of the company other "
                    "than the one who refused."
                )
            )

    def _give_personnel_number(self):
        """The next free number of the company, to whoever has none (law: form T-2)."""
        for employee in self.sudo():  # sudo: the signer of an order is not HR
            if not employee.callcenter_personnel_number:
                employee.callcenter_personnel_number = employee._get_next_number()

    def _get_next_number(self):
        """One more than the highest plain number given, four digits at least."""
        # Two appointments at once wait for each other at the register's row.
        self.flush_model(["callcenter_personnel_number"])
        query = SQL(
            """
            SELECT COALESCE(max(callcenter_personnel_number::bigint), 0) + 1
              FROM hr_employee
             WHERE company_id = %s AND callcenter_personnel_number ~ '^[0-9]{1,9}$'
            """,
            self.company_id.id,
        )
        [(number,)] = self.env.execute_query(query)
        return f"{number:04}"

    # -- orders from the card, with what is known filled in --

    def action_callcenter_transfer(self):
        """Draft an order of transfer (HR)."""
        return self._draft_order("transfer", default_department_id=False)

    def action_callcenter_dismiss(self):
        """Draft an order of dismissal (HR)."""
        return self._draft_order("dismissal")

    def action_callcenter_pay(self):
        """Draft an order on the pay (HR)."""
        return self._draft_order("pay")

    def action_callcenter_acting(self):
        """Draft an order by which another person acts for this one (HR)."""
        self.ensure_one()
        absent = {"default_absent_employee_id": self.id, "default_employee_id": False}
        return self._draft_order("acting", **absent)

    def action_callcenter_appoint(self):
        """Draft an order of appointment of a candidate or of who comes back (HR)."""
        return self._draft_order("appointment")

    def action_callcenter_ask_address(self):
        """Ask for another work address of somebody who has an account (HR)."""
        self.ensure_one()
        self.env["callcenter.address.request"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.address.request",
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Change of a work address"),
            "context": {"default_employee_id": self.id},
        }

    def _draft_order(self, order_type, **defaults):
        self.ensure_one()
        orders = self.env["callcenter.personnel.order"]
        orders.check_access("create")
        kinds = dict(orders._fields["order_type"]._description_selection(self.env))
        context = {
            "default_order_type": order_type,
            "default_employee_id": self.id,
            "default_company_id": self.company_id.id,
        }
        return {
            "type": "ir.actions.act_window",
            "res_model": orders._name,
            "views": [(False, "form")],
            "name": kinds[order_type],
            "context": context | defaults,
        }

    def action_open_callcenter_orders(self):
        """The personnel orders of the employee."""
        self.ensure_one()
        self.env["callcenter.personnel.order"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.personnel_order_action"
        )
        return action | {
            "domain": [("employee_id", "=", self.id)],
            "context": {"default_employee_id": self.id},
        }

    # -- the card of an appointed person changes by orders, not by hand --

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        # sudo: the check is for all cards, whoever may read them
        cards, nobody = employees.sudo(), self.env["res.users"]
        employees._follow_callcenter_links(dict.fromkeys(cards, nobody))
        return employees

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._refuse_leaving_without_order()
        self._refuse_ordered(vals)
        relinks = {"user_id", "resource_id"} & vals.keys()
        links = self._get_callcenter_links() if relinks else {}
        values = self._get_account_values(_LEADS_IN & vals.keys())
        result = super().write(vals)
        self._check_account_values(values)
        self._follow_callcenter_links(links)
        return result

    def _refuse_ordered(self, vals):
        """What orders decide: the table stands in ``ordered_card``."""
        if self._is_in_transition() or vals.keys().isdisjoint(_ORDERED):
            return
        # sudo: the status is shown to few, the rule holds for all
        for person in self.sudo():
            card = OrderedCard(person, person)
            changed = card.get_changed(vals)
            if changed and person.callcenter_status == "appointed":
                card.refuse(changed)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_appointed(self):
        self._refuse_leaving_without_order()

    def _refuse_leaving_without_order(self):
        # sudo: the status is shown to few, the rule holds for all
        appointed = self.sudo().filtered(
            lambda employee: employee.callcenter_status == "appointed"
        )
        if appointed and not self._is_in_transition():
            raise UserError(
                self.env._(
                    "%(name)s was appointed by an order and leaves by an order alone: "
                    "make an order of dismissal, it archives the card on its day.",
                    name=appointed[0].name,
                )
            )

    # -- whose card it is --

    def _get_account_values(self, names):
        """``{(card, field): value}`` of those who have an account."""
        # sudo: the check is for all cards, whoever may read them
        cards = self.sudo().filtered("user_id") if names else self.browse()
        return {(card, name): card[name] for card in cards for name in names}

    def _check_account_values(self, before):
        """Nobody changes what leads into an account with more rights than his own.

        :param before: as of ``_get_account_values``
        """
        for (card, name), value in before.items():
            if card[name] != value:
                card.user_id._check_callcenter_superior(name not in _OPENS)

    def _get_callcenter_links(self):
        """``{card: its user}``"""
        # sudo: the check is for all cards, whoever may read them
        return {card: card.user_id for card in self.sudo()}

    @api.model
    def _follow_callcenter_links(self, before):
        """Whose user is whose changes by order or by an administrator, for all to see.

        :param before: as of ``_get_callcenter_links``
        :raise AccessError: somebody else changed it
        """
        for card, former in before.items():
            if card.user_id != former:
                (card.user_id | former)._check_may_link_callcenter_card()
                card._message_log(
                    body=card._told_to().env._(
                        "Account: %(former)s → %(now)s",
                        former=former.login or "—",
                        now=card.user_id.login or "—",
                    )
                )
                card._after_callcenter_user_change()

    def _after_callcenter_user_change(self):
        """Called when the card has got another user, in the same transaction."""

    # -- what a card tells those who are not of HR --

    def fetch(self, field_names=None):
        """Fields of ours that are open to a role without HR's rights are on the card.

        Odoo lets such readers have what stands on the public profile alone.
        """
        if self.browse().has_access("read"):
            return super().fetch(field_names)
        if field_names is None:
            field_names = [field.name for field in self._determine_fields_to_fetch()]
        ours = [name for name in field_names if self._is_shown_on_card(name)]
        if ours:
            self.env["hr.employee.public"].browse(self.ids).check_access("read")
            # sudo: whose card it is and which fields was asked above
            self.sudo().fetch(ours)
        others = [name for name in field_names if name not in ours]
        return super().fetch(others) if others or not ours else None

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Cards are found by such fields too."""
        if self.browse().has_access("read"):
            return super().search_fetch(domain, field_names, offset, limit, order)
        cards = super().search_fetch(self._show(domain), [], offset, limit, order)
        cards.fetch(field_names)
        return cards

    def _search(self, domain, *args, **kwargs):
        if not kwargs.get("bypass_access") and not self.browse().has_access("read"):
            domain = self._show(domain)
        return super()._search(domain, *args, **kwargs)

    def _show(self, domain):
        """The domain, its conditions on such fields asked of the cards."""
        return Domain(domain).map_conditions(self._show_condition)

    def _show_condition(self, condition):
        name, _dot, rest = condition.field_expr.partition(".")
        if not self._is_beyond_profile(name):
            return condition
        self._check_field_access(self._fields[name], "read")
        if rest:
            behind = Domain(rest, condition.operator, condition.value)
            condition = Domain(name, "any", behind)
        if condition.operator in ("any", "not any"):
            # What lies behind the field is found by the reader's own rights.
            behind = self.env[self._fields[name].comodel_name]._search(condition.value)
            condition = Domain(name, condition.operator, behind)
        # sudo: the field is open to the reader; the rest of the search says which cards
        cards = self.sudo().with_context(active_test=False)
        return Domain("id", "in", cards._search(condition))

    def _is_shown_on_card(self, name):
        field = self._fields.get(name)
        return self._is_beyond_profile(name) and self._has_field_access(field, "read")

    def _is_beyond_profile(self, name):
        """Whether roles that the field names read it, and no profile does."""
        field = self._fields.get(name)
        public = self.env["hr.employee.public"]._fields
        return bool(field and field.groups) and name not in public

    # -- the organisation chart --

    @api.depends("callcenter_status", "child_ids.callcenter_status")
    def _compute_callcenter_in_chart(self):
        shown = self.search(
            Domain("id", "in", self.ids) & Domain("callcenter_in_chart", "=", True)
        )
        for employee in self:
            employee.callcenter_in_chart = employee in shown

    @api.model
    def _search_callcenter_in_chart(self, operator, value):
        if operator != "in":
            return NotImplemented
        appointed = self._search([("callcenter_status", "=", "appointed")])
        # Managers are found by the ORM, so that it needs no stored path.
        shown = Domain("id", "parent_of", list(appointed))
        return shown if True in value else ~shown

    @api.depends_context("allowed_company_ids", "lang")
    def _compute_callcenter_chart_note(self):
        today = self.env.company._callcenter_today()
        deputies = self.env["callcenter.substitution"]._get_deputies(today)
        absent = {deputy.id: absent for absent, deputy in deputies.items()}
        for employee in self:
            note = False
            if deputy := deputies.get(employee.id):
                note = self.env._("Absent: %(name)s acts", name=deputy.name)
            elif employee.id in absent:
                head = self.browse(absent[employee.id])
                note = self.env._("Acts for %(name)s", name=head.name)
            employee.callcenter_chart_note = note

    # -- clearance --

    def _get_callcenter_blockers(self, on_date):
        """Why each employee may not be handed clients on ``on_date``.

        Each room adds its own reasons to the lists of ``super()``.

        :param on_date: date in the call centre's time zone
        :return: ``{employee_id: [{"code", "message", "action"}]}`` with a key for
            every employee; an empty list means cleared, ``action`` (a dict or False)
            is what clears the blocker for the person himself
        """
        return {one.id: one._get_personnel_blockers(on_date) for one in self}

    def _get_callcenter_conditions(self, on_date):
        """All that clearance asks of one employee; rooms add theirs.

        :return: list of ``(name, is_met)``; what is not met has its blocker
        """
        self.ensure_one()
        is_appointed = not self._get_personnel_blockers(on_date)
        return [(self.env._("Order of appointment"), is_appointed)]

    def _get_personnel_blockers(self, on_date):
        # sudo: operators ask for themselves and may not read their own card
        person = self.sudo()
        if person.callcenter_status != "appointed":
            return [
                self._prepare_personnel_blocker(
                    "not_appointed",
                    self.env._(
                        "No order of appointment is in force for %(name)s.",
                        name=self.name,
                    ),
                )
            ]
        if person.callcenter_last_day and person.callcenter_last_day < on_date:
            return [
                self._prepare_personnel_blocker(
                    "dismissed",
                    self.env._(
                        "The last working day of %(name)s was %(date)s.",
                        name=self.name,
                        date=format_date(self.env, person.callcenter_last_day),
                    ),
                )
            ]
        return []

    def _prepare_personnel_blocker(self, code, message):
        return {"code": code, "message": message, "action": False}

    def _works_on(self, on_date):
        """Whether the card is active and no signed dismissal ended before the day."""
        self.ensure_one()
        person = self.sudo()  # sudo: anybody may be told who is still here
        last_day = person.callcenter_last_day
        return person.active and (not last_day or last_day >= on_date)

    def _get_callcenter_warnings(self, on_date):
        """What each employee should be told though it keeps no clients from him.

        Rooms add to the lists of ``super()``. Here: who stands in for the head, or
        that nobody does.

        :param on_date: date in the call centre's time zone
        :return: dict of the same shape as ``_get_callcenter_blockers``
        """
        return {one.id: one._get_head_warnings() for one in self}

    def _get_head_warnings(self):
        # sudo: operators ask for themselves and may not read their own card
        department = self.sudo().department_id
        note = department.callcenter_acting_note
        if not note:
            return []
        code = "no_head" if department.callcenter_is_headless else "acting_head"
        return [{"code": code, "message": note, "action": False}]

    def _get_callcenter_steps(self):
        """The way to the first call: ``[(label, codes of blockers that break it)]``.

        Each room adds its own, in the order of the way.
        """
        return [(self.env._("Order"), ("not_appointed", "dismissed"))]

    def _get_callcenter_blocker_sources(self):
        """The rows that decide whether the employee has blockers.

        Each room that adds blockers adds what it reads.

        :return: list of texts, each a table and the condition of its rows;
            ``%(employee)s`` is the employee, ``%(company)s`` his company
        """
        return ["hr_employee WHERE id = %(employee)s"]

    def _get_cached_callcenter_blockers(self, on_date):
        """The blockers of one employee, worked out once for the state of the database.

        Desks ask at every client. One look at the versions of the rows behind the
        answer tells whether it still holds; only "nothing" is remembered.

        :return: list as of ``_get_callcenter_blockers``
        """
        self.ensure_one()
        stamp = ClearanceStamp(self)
        if stamp.is_of_use():
            self.env.flush_all()
            if self._is_callcenter_cleared(on_date, stamp.compute()):
                return []
        return self._get_callcenter_blockers(on_date)[self.id]

    @ormcache("self.id", "on_date", "stamp")
    def _is_callcenter_cleared(self, on_date, stamp):
        return not self._get_callcenter_blockers(on_date)[self.id]

    # -- what orders bring about --

    def _after_callcenter_appointment(self, order):
        """Called in the transaction that executes an order of appointment.

        Rooms extend it: documents to acknowledge, quizzes to take.
        """

    def _after_callcenter_transfer(self, order):
        """Called in the transaction that executes an order of transfer."""

    def _after_callcenter_cancellation(self, order):
        """Called in the transaction that executes an order of cancellation."""

    def _hand_over_callcenter_work(self, order, successor):
        """Called in the transaction that executes an order of dismissal.

        :param order: ``callcenter.personnel.order`` of kind dismissal
        :param successor: ``hr.employee`` who takes the work over, may be empty
        :return: list of ``{"what": str, "count": int, "to": str}`` for the report
        """
        lasting = order.successor_id or self._get_lasting_successor(successor)
        return self._hand_over_activities(successor) + self._hand_over_leads(lasting)

    def _take_back_callcenter_work(self, order):
        """Called in the transaction that cancels an executed order of dismissal.

        Records that were handed over by one field are back already; rooms add what
        needs more than that.
        """

    def _hand_over_activities(self, successor):
        """Everything still to do, call-backs of Odoo's call type included."""
        activities = self.env["mail.activity"].search(
            [("user_id", "=", self.user_id.id or -1)]
        )
        heir = successor.user_id or self.env.user
        activities.with_context(mail_activity_quick_update=True).write(
            {"user_id": heir.id}
        )
        given = self._note_given(activities, "user_id", heir)
        return self._report_handover(
            self.env._("Activities"), activities, heir.name, given
        )

    def _note_given(self, records, field, heir):
        """What a cancellation of the dismissal will give back, as JSON takes it."""
        return {
            "model": records._name,
            "ids": records.ids,
            "field": field,
            "from": self.user_id.id,
            "to": heir.id,
        }

    def _hand_over_leads(self, successor):
        """Open leads; without a successor who has an account they become free."""
        leads = self.env["crm.lead"].search(
            [
                ("user_id", "=", self.user_id.id or -1),
                ("won_status", "=", "pending"),
            ]
        )
        leads.write({"user_id": successor.user_id.id})
        heir = successor.user_id.name or self.env._("nobody yet")
        given = self._note_given(leads, "user_id", successor.user_id)
        return self._report_handover(self.env._("Open leads"), leads, heir, given)

    def _get_lasting_successor(self, successor):
        """The absent head himself instead of the deputy who acts for him today.

        What stays for months is the head's; a deputy of three days would keep it.
        """
        head = self.department_id.manager_id - self
        acting = self.department_id and self.department_id._get_acting_manager(
            self.company_id._callcenter_today()
        )
        is_deputy = successor and successor == acting and head and acting != head
        return head if is_deputy and head.active and head.user_id else successor

    def _report_handover(self, what, records, heir, given=None):
        """Lines of the handover report: one, or none when there was nothing."""
        if not records:
            return []
        return [{"what": what, "count": len(records), "to": heir, "given": given}]
