from ...tools.common.chain import seal_hash


class ChainVerifier:
    """Reads the sealed days again and says which of them are not what they were.

    :param env: of the superuser
    """

    def __init__(self, env):
        self.env = env
        self.tables = env["callcenter.day.seal"]._get_sealed_tables()

    def find_faults(self, company=None):
        """``[(seal, what is wrong)]`` in words, oldest first."""
        domain = [("company_id", "=", company.id)] if company else []
        seals = self.env["callcenter.day.seal"].search(domain, order="id")
        return [
            fault
            for chain in seals.grouped("company_id").values()
            for fault in self._check_chain(chain)
        ]

    def _check_chain(self, seals):
        previous = ""
        ends = {}
        for seal in seals:
            if seal.previous_hash != previous:
                yield seal, self.env._("a seal before it is missing or was replaced")
            if seal.date_from != ends.get(seal.model, seal.date_from):
                yield seal, self.env._("days before it are not sealed")
            if self._hash_again(seal) != seal.hash:
                yield seal, self.env._("rows were changed, added or removed")
            previous = seal.hash
            ends[seal.model] = seal._get_next_day()

    def _hash_again(self, seal):
        table = self.tables.get((seal.model, seal.version))
        if table is None:  # an addon that was taken out
            return seal.hash
        leaves = seal._read_leaves(table) | self._get_excused(seal)
        return seal_hash(seal.previous_hash, seal._get_head(), leaves)

    def _get_excused(self, seal):
        """What rows of the day were when it was sealed, by the trail."""
        lines = self.env["callcenter.trail"].search(
            [
                ("model", "=", seal.model),
                ("company_id", "=", seal.company_id.id),
                ("sealed_day", "=", seal.day),
            ],
            order="id desc",
        )
        return {line.res_id: line.sealed_leaf for line in lines}
