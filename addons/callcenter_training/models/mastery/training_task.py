from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .practice_scope import PracticeScope

_TRAINER = "callcenter_training.group_trainer"
_SUPERVISOR = "callcenter_ops.group_supervisor"
_DAYS = 7
# So many tasks are told at the desk; the list behind them has all.
_SHOWN = 5
_OPEN = ("open", "proposed")


class TrainingTask(models.Model):
    """Something one person is to learn by a day, done when the evidence is there."""

    _name = "callcenter.training.task"
    _inherit = [
        "callcenter.training.aim.mixin",
        "callcenter.guarded.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Training Task"
    _order = "due_on, id"

    _guarded_fields = (
        "state", "done_count", "assigned_by_id", "assigned_at", "done_at",
        "confirmed_by_id", "read_product_ids", "evaluation_id", "course_id",
    )  # fmt: skip
    _settled_fields = (
        "employee_id", "title", "kind", "scope", "topic_id", "categ_id",
        "product_tmpl_ids", "quiz_id", "policy_id", "goal",
    )  # fmt: skip

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        related="employee_id.user_id",
        store=True,
        index=True,
        related_sudo=True,
    )
    department_id = fields.Many2one(
        related="employee_id.department_id", store=True, index=True, related_sudo=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, related_sudo=True
    )
    title = fields.Char(help="Empty: it is called after what is to be learnt.")
    note = fields.Char(string="What for", help="The person reads it.")
    due_on = fields.Date(
        string="Due",
        required=True,
        index=True,
        default=lambda self: self._get_usual_due(self.env.company),
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("open", "To do"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    done_count = fields.Integer(
        string="Done so far",
        readonly=True,
        copy=False,
        help="Different questions answered rightly, or cards opened, since then.",
    )
    progress = fields.Float(
        string="Progress, %", compute="_compute_progress", help="Done so far / wanted."
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", string="Overdue")
    assigned_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, default=lambda self: self.env.uid
    )
    assigned_at = fields.Datetime(
        readonly=True, copy=False, default=lambda self: fields.Datetime.now()
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    evaluation_id = fields.Many2one(
        "callcenter.evaluation",
        string="After the evaluation",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    course_id = fields.Many2one(
        "callcenter.training.course",
        string="Of the plan",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
    )
    read_product_ids = fields.Many2many(
        "product.template",
        "callcenter_training_task_read_rel",
        string="Cards opened",
        readonly=True,
        copy=False,
    )

    _topic_uniq = models.UniqueIndex(
        "(employee_id, topic_id) WHERE state IN ('open', 'proposed') "
        "AND kind = 'practice' AND scope = 'topic'",
        "The person practises this topic already.",
    )
    _categ_uniq = models.UniqueIndex(
        "(employee_id, kind, categ_id) WHERE state IN ('open', 'proposed') "
        "AND kind IN ('practice', 'cards') AND scope = 'category'",
        "The person learns this category already.",
    )
    _open_idx = models.Index("(employee_id, kind) WHERE state = 'open'")

    @api.depends_context("lang")
    @api.depends("title", "kind", "scope", "topic_id", "categ_id", "quiz_id")
    def _compute_display_name(self):
        for task in self:
            task.display_name = task.title or task._get_aim_name()

    @api.depends("state", "done_count", "goal")
    def _compute_progress(self):
        for task in self:
            share = min(1, task.done_count / task.goal) if task.goal else 0
            task.progress = 100 if task.state == "done" else 100 * share

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        for task in self:
            today = (task.company_id or self.env.company)._callcenter_today()
            is_late = task.due_on and task.due_on < today
            task.is_overdue = task.state == "open" and is_late

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        for task in tasks:
            task._prepare()
        return tasks

    def write(self, vals):
        result = super().write(vals)
        if "due_on" in vals:
            # sudo: whoever may move the day moves what reminds of it
            self.sudo().activity_ids.write({"date_deadline": vals["due_on"]})
        return result

    # -- assigning ---------------------------------------------------------------------

    @api.model
    def _get_usual_due(self, company):
        return fields.Date.add(company._callcenter_today(), days=_DAYS)

    @api.model
    def _assign(self, vals_list):
        """Give each person his task, unless he has the same to do already.

        Of several people those are left out for whom there is nothing to ask.

        :param vals_list: values of tasks
        :return: the new tasks
        """
        fresh = self.browse()
        for vals in vals_list:
            wanted = self.new(vals)
            is_idle = len(vals_list) > 1 and not wanted._has_something_to_ask()
            if not is_idle and not wanted._find_equal():
                fresh |= self.create(vals)
        return fresh

    def _has_something_to_ask(self):
        # sudo: how much there is to ask is counted in a bank that nobody here reads
        return self.kind != "practice" or PracticeScope(self.sudo()).count()

    def _find_equal(self):
        """The task of the person that asks for the same and is not done yet."""
        # sudo: whatever anybody assigned to him counts; nothing of it is shown
        others = self.sudo().search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("kind", "=", self.kind),
                ("state", "in", _OPEN),
            ]
        )
        return others.filtered(lambda task: task._get_key() == self._get_key())

    def _get_key(self):
        if self.kind not in ("practice", "cards"):
            return self.quiz_id._origin.id, self.policy_id._origin.id, self.title
        subject = {
            "topic": self.topic_id,
            "category": self.categ_id,
            "products": self.product_tmpl_ids,
            "weak": self.topic_id.browse(),
        }[self.scope]
        return self.scope, frozenset(subject._origin.ids)

    @api.model
    def _check_may_assign(self):
        """
        :raise AccessError: names the roles that assign practice
        """
        self._check_role(_TRAINER, _SUPERVISOR)

    def _tell_assigned(self, people):
        """The message after an assignment: to how many, and who was left out."""
        count = len(self)
        told = self.env._("Assigned to: %(count)s people.", count=count)
        if count < people:
            told += " " + self.env._(
                "Left out, as they have it already or there is nothing to ask: "
                "%(count)s.",
                count=people - count,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "warning",
                "message": told,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _prepare(self):
        """Ask for no more than there is, and remind the person."""
        # sudo: how much there is to ask is counted in a bank that nobody here reads
        task = self.sudo()
        if task.kind == "practice":
            task._cap_goal(PracticeScope(task).count(), is_strict=not self.env.su)
        if task.state == "open":
            task._remind()
            task._settle_by_evidence()

    def _cap_goal(self, available, is_strict):
        if not available and is_strict:
            raise UserError(
                self.env._(
                    "There is nothing to practise for %(person)s in “%(task)s”.",
                    person=self.employee_id.name,
                    task=self.display_name,
                )
            )
        if 0 < available < self.goal:
            self._transition({"goal": available})

    def _remind(self):
        if not self.user_id:
            return
        reader = self._told_to(self.user_id)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.due_on,
            summary=reader.display_name,
            note=reader.note,
            user_id=self.user_id.id,
        )

    # -- steps by hand -----------------------------------------------------------------

    def action_do(self):
        """Begin, by the person himself: practice, cards, quiz or documents open."""
        self.check_access("read")
        self.ensure_one()
        self._check_own()
        self._check_in_state("open")
        action = self._get_action()
        if not action:
            raise UserError(
                self.env._("Your supervisor or the trainer confirms this step.")
            )
        return action

    def action_confirm(self):
        """Confirm what leaves no evidence here (supervisor, trainer; not himself)."""
        self._check_role(_TRAINER, _SUPERVISOR)
        self.check_access("write")
        self._check_in_state("open")
        for task in self:
            if task.kind != "shift":
                raise UserError(
                    self.env._(
                        "“%(task)s” is done by evidence.", task=task.display_name
                    )
                )
            if task.user_id == self.env.user:
                raise AccessError(self.env._("Nobody confirms his own steps."))
            task._finish(confirmed_by=self.env.user)

    def action_accept(self):
        """Assign what was proposed (supervisor, trainer)."""
        self._check_role(_TRAINER, _SUPERVISOR)
        self.check_access("write")
        self._check_in_state("proposed")
        self._transition(
            {
                "state": "open",
                "assigned_by_id": self.env.uid,
                "assigned_at": fields.Datetime.now(),
            }
        )
        for task in self:
            task._prepare()

    def action_cancel(self):
        """Take the task back (supervisor, trainer)."""
        self._check_role(_TRAINER, _SUPERVISOR)
        self.check_access("write")
        self._check_in_state(*_OPEN)
        self._cancel()

    def _check_own(self):
        if self.user_id != self.env.user:
            raise AccessError(self.env._("This is not your task."))

    def _cancel(self):
        self._transition({"state": "cancelled"})
        # sudo: the reminder of the person goes with his task
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _get_action(self):
        """What opens when the person begins; False where nothing opens."""
        if self.kind == "practice":
            action = self.env["ir.actions.client"]._for_xml_id(
                "callcenter_training.practice_action"
            )
            return action | {"params": {"task_id": self.id}}
        if self.kind == "quiz":
            return self.quiz_id._get_take_action()
        if self.kind == "document":
            return self.env["ir.actions.act_window"]._for_xml_id(
                "callcenter_ops.acknowledgement_action_own"
            )
        return self.kind == "cards" and self._get_cards_action()

    def _get_cards_action(self):
        views = ("card_list", "card")
        kanban, form = (
            self.env.ref(f"callcenter_training.product_template_view_{name}").id
            for name in views
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "product.template",
            "domain": self._get_cards_domain(),
            "views": [(kanban, "kanban"), (form, "form")],
            "context": {"create": False},
        }

    def _get_cards_domain(self):
        if self.scope == "products":
            return [("id", "in", self.product_tmpl_ids.ids)]
        on_sale = [("sale_ok", "=", True)]
        if self.scope == "category":
            return [("categ_id", "child_of", self.categ_id.ids), *on_sale]
        return on_sale

    # -- evidence ----------------------------------------------------------------------

    @api.model
    def _get_open_of(self, employee, *kinds):
        """Tasks of a person that are to be done, in superuser mode."""
        # sudo: asked inside the server, of the person himself
        tasks = self.sudo()
        return tasks.search(
            [
                ("employee_id", "=", employee.id),
                ("state", "=", "open"),
                ("kind", "in", kinds),
            ]
        )

    @api.model
    def _count_answer(self, card):
        """Count a right answer, before it is written, wherever it was asked for.

        :return: the tasks that it finished
        """
        tasks = self._get_open_of(card.employee_id, "practice")
        counted = tasks.filtered(lambda task: PracticeScope(task).holds(card))
        for task in counted:
            task._advance()
        return counted.filtered(lambda task: task.state == "done")

    @api.model
    def _note_card(self, product):
        """The user has opened the learning card of ``product``."""
        employee = self.env.user.sudo().employee_id  # sudo: his own record
        for task in self._get_open_of(employee, "cards"):
            # sudo: only whether the card is among those to be read
            is_asked = product.sudo().filtered_domain(task._get_cards_domain())
            if is_asked and product not in task.read_product_ids:
                task._transition({"read_product_ids": [(4, product.id)]})
                task._advance()

    @api.model
    def _settle_open(self, employee, *kinds):
        for task in self._get_open_of(employee, *kinds):
            task._settle_by_evidence()

    def _settle_by_evidence(self):
        """Done as soon as the quiz is passed, or nothing is left to sign."""
        is_done = {"quiz": self._is_quiz_passed, "document": self._is_all_signed}
        if self.kind in is_done and is_done[self.kind]():
            self._finish()

    def _is_quiz_passed(self):
        passed = self.env["callcenter.quiz.attempt"].search_count(
            [
                ("employee_id", "=", self.employee_id.id),
                ("quiz_id", "=", self.quiz_id.id),
                ("passed", "=", True),
                ("finished_at", ">=", self.assigned_at),
            ],
            limit=1,
        )
        return bool(passed)

    def _is_all_signed(self):
        asked = [("employee_id", "=", self.employee_id.id)]
        if self.policy_id:
            asked += [("policy_id", "=", self.policy_id.id)]
        states = self.env["callcenter.acknowledgement"].search(asked).mapped("state")
        return "signed" in states and "pending" not in states

    def _advance(self):
        self._transition({"done_count": self.done_count + 1})
        if self.done_count >= self.goal:
            self._finish()

    def _settle_exhausted(self):
        """Nothing is left to ask: done where something was answered at all."""
        if self.done_count:
            self._transition({"goal": self.done_count})
            self._finish()

    def _finish(self, confirmed_by=None):
        self._transition(
            {
                "state": "done",
                "done_at": fields.Datetime.now(),
                "confirmed_by_id": confirmed_by and confirmed_by.id,
            }
        )
        # sudo: the reminder of the person is closed by what he did
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])

    # -- the desk ----------------------------------------------------------------------

    def _get_lessons(self, employee):
        """What the desk tells: dicts ``code``, ``message``, ``action``."""
        kinds = [kind for kind, _label in self._fields["kind"].selection]
        tasks = self._get_open_of(employee, *kinds)[:_SHOWN]
        return [task._prepare_lesson() for task in tasks]

    def _prepare_lesson(self):
        words = {
            "task": self.display_name,
            "day": self.due_on.strftime("%d.%m.%Y"),
            "done": self.done_count,
            "goal": self.goal,
        }
        if self.kind not in ("practice", "cards"):
            message = self.env._("%(task)s: by %(day)s", **words)
        else:
            message = self.env._("%(task)s: %(done)s of %(goal)s, by %(day)s", **words)
        if self.is_overdue:
            message = self.env._("Overdue. %(lesson)s", lesson=message)
        return {
            "code": "training_task",
            "message": message,
            "action": self._get_action(),
        }
