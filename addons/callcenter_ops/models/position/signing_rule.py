from odoo import api, fields, models
from odoo.fields import Domain


class SigningRule(models.Model):
    """How each kind of paper is signed by the employee, by date and with its source.

    The law says which papers bear a live signature only (Labour Code, art. 22.1), the
    company's own rules which are signed electronically. Without any rule a click is
    a record beside the paper.
    """

    _name = "callcenter.signing.rule"
    _description = "How a kind of paper is signed"
    _order = "paper_kind, date_from desc, id desc"
    _rec_name = "paper_kind"

    paper_kind = fields.Selection(
        selection="_get_paper_kinds", string="Kind of paper", required=True, index=True
    )
    way = fields.Selection(
        [
            ("paper", "On paper alone"),
            ("click", "By click, a record beside the paper"),
            ("electronic", "By electronic signature under the company's rules"),
        ],
        string="Signed",
        required=True,
    )
    date_from = fields.Date(string="Valid from", required=True)
    source = fields.Char(
        required=True, help="The law or the company's act, its article."
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty = the rule of every company."
    )

    _start_unique = models.UniqueIndex(
        "(paper_kind, date_from, COALESCE(company_id, 0))",
        "Another rule for this kind of paper starts on that day.",
    )

    @api.model
    def _get_paper_kinds(self):
        """The kinds of orders and of documents that employees sign."""
        orders = self.env["callcenter.personnel.order"]._fields["order_type"]
        labels = {
            "job_description": self.env._("Job description"),
            "local_act": self.env._("Local act"),
            "briefing": self.env._("Briefing"),
        }
        return [*orders._description_selection(self.env), *labels.items()]

    @api.model
    def _get_way(self, paper_kind, company, on_date):
        """How a paper is signed on that day: the company's own rule goes first.

        :return: ``paper``, ``click`` or ``electronic``
        """
        # sudo: every signer is bound by the rules, few may read them
        rules = self.sudo().search(
            Domain("paper_kind", "=", paper_kind)
            & Domain("date_from", "<=", on_date)
            & Domain("company_id", "in", (company.id, False)),
            order="date_from desc",
        )
        return (rules.filtered("company_id") or rules)[:1].way or "click"
