from .common import ImportCase


class TestKinds(ImportCase):
    """What each kind declares, whatever room or addon put it into the table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        imports = cls.env["callcenter.data.import"]
        cls.kinds = {name: kind(imports) for name, kind in imports._get_kinds().items()}

    def test_the_kinds_are_offered_in_their_order(self):
        field = self.env["callcenter.data.import"]._fields["kind"]
        self.assertEqual(
            field._description_selection(self.env),
            [
                ("clients", "Clients"),
                ("products", "Goods"),
                ("staff", "Staff (opening load)"),
                ("stops", "Stop list"),
                ("consents", "Consents of clients"),
                ("debts", "Debts"),
                ("payments", "Payments of debts"),
                ("pbx", "Incoming calls of the PBX"),
            ],
        )

    def test_a_new_import_is_one_of_clients(self):
        values = self.env["callcenter.data.import"].default_get(["kind"])
        self.assertEqual(values, {"kind": "clients"})

    def test_records_already_there_are_filled_or_overwritten_as_the_kind_says(self):
        policies = {
            name: self.env["callcenter.data.import"].new({"kind": name}).existing_policy
            for name in self.kinds
        }
        filled = {name for name, policy in policies.items() if policy == "fill"}
        self.assertEqual(filled, {"clients", "staff"})
        self.assertEqual(set(policies.values()), {"fill", "overwrite"})

    def test_a_kind_speaks_of_its_own_targets_alone(self):
        for name, kind in self.kinds.items():
            with self.subTest(kind=name):
                targets = set(kind.get_targets())
                self.assertEqual(set().union(*kind.required) - targets, set())
                guessed = {target for target, _pattern in kind.header_words}
                self.assertEqual(guessed - targets, set())
                self.assertIn(kind.model, self.env)
                self.assertTrue(kind.groups)

    def test_a_target_is_called_the_same_by_every_kind_that_has_it(self):
        labels = {}
        for kind in self.kinds.values():
            for target, label in kind.get_targets().items():
                labels.setdefault(target, set()).add(label)
        self.assertEqual(
            {t: names for t, names in labels.items() if len(names) > 1}, {}
        )
