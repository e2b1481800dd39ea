from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_IN_FORCE = ("signed", "executed")
_NAMES_ONLY = {"note", "scan", "scan_name"}


class EmploymentContract(models.Model):
    """A labour contract, or an additional agreement to one, on which orders rest.

    HR enters it, or the signature of an order makes it from what the order says. Once
    a signed order rests on it, it stays as it is.
    """

    _name = "callcenter.employment.contract"
    _description = "Employment contract"
    _order = "date desc, id desc"
    _rec_names_search = ["number", "employee_id"]
    _check_company_auto = True

    contract_type = fields.Selection(
        [("contract", "Labour contract"), ("agreement", "Additional agreement")],
        string="Kind",
        required=True,
        default="contract",
    )
    number = fields.Char(required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    parent_id = fields.Many2one(
        "callcenter.employment.contract",
        string="Changes the contract",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    agreement_ids = fields.One2many(
        "callcenter.employment.contract", "parent_id", string="Additional agreements"
    )
    date_from = fields.Date(string="From")
    date_end = fields.Date(string="Until", help="Empty: for an indefinite time.")
    term_reason = fields.Char(
        string="Reason of the term",
        help="Why the term is fixed (Labour Code, art. 59).",
    )
    trial_months = fields.Integer(string="Probation, months")
    job_id = fields.Many2one("hr.job", string="Post", check_company=True)
    wage = fields.Monetary(string="Monthly wage")
    order_ids = fields.One2many(
        "callcenter.personnel.order", "contract_id", string="Orders", readonly=True
    )
    note = fields.Text()
    scan = fields.Binary(string="Scan of the paper", attachment=True, copy=False)
    scan_name = fields.Char(copy=False)

    _paper_unique = models.UniqueIndex(
        "(employee_id, contract_type, number, date)",
        "This paper of the employee has been entered already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_from IS NULL OR date_end >= date_from)",
        "The last day cannot come before the first one.",
    )
    _agreement_has_contract = models.Constraint(
        "CHECK (contract_type = 'agreement' OR parent_id IS NULL)",
        "Only an additional agreement changes another contract.",
    )

    @api.depends_context("lang")
    @api.depends("contract_type", "number", "date")
    def _compute_display_name(self):
        kinds = dict(self._fields["contract_type"]._description_selection(self.env))
        for record in self:
            day = record.date and record.date.strftime("%d.%m.%Y")
            kind = kinds.get(record.contract_type, "")
            record.display_name = f"{kind} № {record.number or ''}, {day or ''}"

    @api.constrains("parent_id", "employee_id")
    def _check_parent(self):
        for record in self:
            if record.parent_id and record.parent_id.employee_id != record.employee_id:
                raise ValidationError(
                    self.env._("The agreement and the contract name different people.")
                )

    def write(self, vals):
        if set(vals) - _NAMES_ONLY:
            self._refuse_in_force()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self._refuse_in_force()

    def _refuse_in_force(self):
        # sudo: an order counts whoever changes the contract
        orders = self.sudo().order_ids.filtered(lambda one: one.state in _IN_FORCE)
        if orders:
            raise UserError(
                self.env._(
                    "%(order)s rests on %(contract)s: make an additional agreement.",
                    order=orders[0].display_name,
                    contract=orders[0].contract_id.display_name,
                )
            )

    @api.model
    def _get_main(self, employee):
        """The labour contract of the employee that is not dismissed from since."""
        return self.search(
            [("employee_id", "=", employee.id), ("contract_type", "=", "contract")],
            limit=1,
        )

    @api.model
    def _make_from(self, order):
        """The paper that a signed order names by number and date alone.

        :return: the contract or agreement, found or made
        """
        values = self._prepare_from(order)
        keys = ("employee_id", "contract_type", "number", "date")
        known = self.search([(key, "=", values[key]) for key in keys], limit=1)
        return known or self.create(values)

    @api.model
    def _prepare_from(self, order):
        is_first = order.order_type == "appointment"
        main = self.browse() if is_first else self._get_main(order.employee_id)
        return {
            "contract_type": "contract" if is_first else "agreement",
            "number": order.contract_number,
            "date": order.contract_date or order.date_order,
            "employee_id": order.employee_id.id,
            "company_id": order.company_id.id,
            "parent_id": main.id,
            "date_from": order.date_effective,
            "date_end": order.date_end,
            "trial_months": order.trial_months,
            "job_id": order.job_id.id,
            "wage": order.wage,
        }
