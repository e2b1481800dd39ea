from odoo import api, models
from odoo.tools import float_compare


class WorkstationActualFollower(models.AbstractModel):
    """Keeps expenses in step with the bills and orders they were taken from.

    A document that left the books takes its expenses out of an approved budget; the
    expense stays, struck out, and comes back with its document. A closed budget keeps
    its figures: its responsible user is told instead.
    """

    _name = "callcenter.workstation.actual.follower"
    _description = "Expenses that follow their documents"

    @api.model
    def _cron_follow(self):
        """Look at the documents of all budgets that took any."""
        for (budget,) in self._read_group(self._get_followed_domain(), ["budget_id"]):
            self._follow_sources(budget)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _follow_sources(self, budget):
        """Carry over what happened to the documents of one budget since.

        :return: the expenses that were withdrawn, changed, returned or added
        """
        domain = [*self._get_followed_domain(), ("budget_id", "=", budget.id)]
        # sudo: the books decide, whatever the reader may do with expenses
        taken = self.sudo().search(domain)
        lines = self._read_followed(budget, taken)
        lost = taken.filtered(
            lambda actual: (
                actual.source_state == "kept" and actual.source_key not in lines
            )
        )
        lost._withdraw()
        changed = (taken - lost).filtered(
            lambda actual: (
                actual.source_key in lines and actual._renew(lines[actual.source_key])
            )
        )
        return lost | changed | taken._take_credit_notes(budget)

    @api.model
    def _get_followed_domain(self):
        # An app that is uninstalled takes no expense with it.
        sources = self.env["callcenter.workstation.bill.reader"]._get_sources()
        return [
            ("origin", "in", sources),
            ("source_key", "!=", False),
            ("source_state", "!=", "late"),
        ]

    @api.model
    def _read_followed(self, budget, taken):
        """``{line key: source line}`` of what the books still hold."""
        reader = self.env["callcenter.workstation.bill.reader"]
        lines = []
        for is_untaxed, actuals in taken.grouped("is_untaxed").items():
            keys = actuals.mapped("source_key")
            lines += reader._read_taken_lines(budget, keys, not is_untaxed)
        return {line.key: line for line in lines if budget._covers(line.date)}

    def _take_credit_notes(self, budget):
        """Enter what credit notes take back of these expenses; the new ones."""
        reader = self.env["callcenter.workstation.bill.reader"]
        if budget.state != "approved" or "bill" not in reader._get_sources():
            return self.browse()
        created = self.browse()
        bills = self.exists().filtered(lambda actual: actual.origin == "bill")
        for is_untaxed, actuals in bills.grouped("is_untaxed").items():
            items = {actual.source_key: actual.item_id.id for actual in actuals}
            pairs = reader._read_credit_lines(budget, list(items), not is_untaxed)
            lines = [line for line, _key in pairs if budget._covers(line.date)]
            chosen = {line.key: items[key] for line, key in pairs}
            created |= self._take_lines(budget, lines, chosen, not is_untaxed)[0]
        return created

    def _withdraw(self):
        """Take expenses whose documents left the books out of their budgets."""
        for budget, actuals in self.grouped("budget_id").items():
            late = budget.state == "closed"
            actuals._transition({"source_state": "late" if late else "withdrawn"})
            actuals._tell_withdrawn(budget, late)

    def _tell_withdrawn(self, budget, late):
        documents = ", ".join(sorted({actual._get_source_label() for actual in self}))
        text = (
            self.env._(
                "Documents of this closed budget are no longer posted: %(documents)s. "
                "Its figures stay as they were closed.",
                documents=documents,
            )
            if late
            else self.env._(
                "Withdrawn, the documents are no longer posted: %(documents)s.",
                documents=documents,
            )
        )
        budget = budget.sudo()  # sudo: the note is the system's, whoever looked
        budget.message_post(body=text)
        budget.activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=(budget.user_id or budget.create_uid).id,
            summary=text,
        )

    def _get_source_label(self):
        amount = -self.amount if self.is_refund else self.amount
        name = self.document_ref or self.note or ""
        return f"{name} ({self.currency_id.format(amount)})"

    def _renew(self, line):
        """Carry what changed in the source over; whether anything changed.

        An order line that is billed entirely has nothing left: its expense goes.
        """
        amount = self._round_source(line)
        if self.budget_id.state != "approved":
            return False
        if not amount:
            self.unlink()
            return True
        vals = {
            "amount": amount,
            "is_refund": line.amount < 0,
            "date": line.date,
            "currency_id": line.currency_id,
            "source_state": "kept",
        }
        if not self._differs(vals) or not self._has_free_row(line):
            return False
        self._transition(vals)
        return True

    def _differs(self, vals):
        rounding = self.currency_id.rounding
        return (
            float_compare(self.amount, vals["amount"], precision_rounding=rounding)
            or self.is_refund != vals["is_refund"]
            or self.date != vals["date"]
            or self.currency_id.id != vals["currency_id"]
            or self.source_state != vals["source_state"]
        )

    def _has_free_row(self, line):
        """Whether nobody entered the same row of the document by hand meanwhile."""
        row = self._get_document_key(line.date) if self.document_ref else False
        return not row or not self.search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("row_key", "=", row),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
