from .post_kind import PostKind


class ContractChange(PostKind):
    """Changes what was agreed with an appointed person; the post stays.

    What is agreed for good alone: no term, nothing that ends by itself.
    """

    paper_template = "callcenter_ops.paper_contract_change"

    def get_changes(self):
        """``{field of hr.version: value}`` that the order brings."""
        raise NotImplementedError

    def get_sentence(self):
        """What is ordered, as the paper says it after the name in the dative."""
        raise NotImplementedError

    def execute(self):
        self.remember_previous()
        self.write_version(self.order.date_effective, self.get_changes())

    def undo(self, order):
        """Back to what was agreed before, from the day of the cancelling order."""
        self.restore_previous(max(order.date_effective, self.order.date_effective))

    def paper(self):
        return {
            **self.get_wage_terms(),
            **self.get_contract_terms(),
            "sentence": self.get_sentence(),
        }
