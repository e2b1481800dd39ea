from odoo.tools import float_compare

from .expense_taker import ExpenseTaker, rounded_amount


class ExpenseFollower:
    """Keeps expenses of a budget in step with the bills and orders they came from.

    A document that left the books takes its expenses out of an approved budget; the
    expense stays, struck out, and comes back with its document. A closed budget keeps
    its figures: its responsible user is told instead.
    """

    def __init__(self, budget):
        """:param budget: one ``callcenter.workstation.budget``"""
        # sudo: the books decide, whatever the reader may do with expenses
        self.budget = budget.sudo()
        self.env = self.budget.env
        self.actuals = self.env["callcenter.workstation.actual"]
        self.sources = self.actuals._get_expense_sources()

    def follow(self):
        """Carry over what happened to the documents since.

        :return: the expenses that were withdrawn, changed, returned or added
        """
        taken = self.actuals.search(
            [
                *self.actuals._get_followed_domain(),
                ("budget_id", "=", self.budget.id),
            ]
        )
        lines = self._read_lines(taken)
        gone = taken.filtered(lambda actual: actual.source_key not in lines)
        lost = gone.filtered(lambda actual: actual.source_state == "kept")
        if lost:
            self._withdraw(lost)
        changed = (taken - gone).filtered(
            lambda actual: self._renew(actual, lines[actual.source_key])
        )
        return lost | changed | self._take_returns(taken.exists())

    def _read_lines(self, taken):
        """``{line key: SourceLine}`` of what the books still hold."""
        lines = []
        for source, actuals in self._group_by_source(taken):
            lines += source.read_taken(source.get_ids(actuals.mapped("source_key")))
        return {line.key: line for line in lines if self.budget._covers(line.date)}

    def _group_by_source(self, taken):
        """``(source, its expenses)``, with and without taxes apart."""
        for (code, is_untaxed), actuals in taken.grouped(
            lambda actual: (actual.origin, actual.is_untaxed)
        ).items():
            yield self.sources[code](self.budget, not is_untaxed), actuals

    def _take_returns(self, taken):
        """Enter what later documents take back of these expenses; the new ones."""
        created = self.actuals
        if self.budget.state != "approved":
            return created
        for source, actuals in self._group_by_source(taken):
            items = {actual.source_key: actual.item_id.id for actual in actuals}
            pairs = source.read_returns(source.get_ids(items))
            lines = [line for line, _id in pairs if self.budget._covers(line.date)]
            chosen = {line.key: items[f"{source.code}|{id_}"] for line, id_ in pairs}
            taker = ExpenseTaker(self.budget)
            created |= taker.take(lines, chosen, source.with_taxes)[0]
        return created

    def _withdraw(self, actuals):
        """Take expenses whose documents left the books out of the budget."""
        is_late = self.budget.state == "closed"
        actuals._transition({"source_state": "late" if is_late else "withdrawn"})
        documents = ", ".join(sorted({self._get_label(actual) for actual in actuals}))
        budget = self.budget
        budget._log_line(self._get_note(budget._told_to(), documents, is_late))
        user = budget.user_id or budget.create_uid
        budget.activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=user.id,
            summary=self._get_note(budget._told_to(user), documents, is_late),
        )

    def _get_note(self, reader, documents, is_late):
        """:param reader: the budget in the language of who reads it"""
        if is_late:
            return reader.env._(
                "Documents of this closed budget are no longer posted: %(documents)s. "
                "Its figures stay as they were closed.",
                documents=documents,
            )
        return reader.env._(
            "Withdrawn, the documents are no longer posted: %(documents)s.",
            documents=documents,
        )

    def _get_label(self, actual):
        amount = -actual.amount if actual.is_refund else actual.amount
        name = actual.document_ref or actual.note or ""
        return f"{name} ({actual.currency_id.format(amount)})"

    def _renew(self, actual, line):
        """Carry what changed in the source over; whether anything changed.

        An order line that is billed entirely has nothing left: its expense goes.
        """
        amount = rounded_amount(self.env, line)
        if self.budget.state != "approved":
            return False
        if not amount:
            actual.unlink()
            return True
        vals = {
            "amount": amount,
            "is_refund": line.amount < 0,
            "date": line.date,
            "currency_id": line.currency_id,
            "source_state": "kept",
        }
        if not self._differs(actual, vals) or not self._has_free_row(actual, line):
            return False
        actual._transition(vals)
        return True

    def _differs(self, actual, vals):
        rounding = actual.currency_id.rounding
        return (
            float_compare(actual.amount, vals["amount"], precision_rounding=rounding)
            or actual.is_refund != vals["is_refund"]
            or actual.date != vals["date"]
            or actual.currency_id.id != vals["currency_id"]
            or actual.source_state != vals["source_state"]
        )

    def _has_free_row(self, actual, line):
        """Whether nobody entered the same row of the document by hand meanwhile."""
        row = actual.document_ref and actual._get_document_key(line.date)
        return not row or not self.actuals.search_count(
            [
                ("company_id", "=", actual.company_id.id),
                ("row_key", "=", row),
                ("id", "!=", actual.id),
            ],
            limit=1,
        )
