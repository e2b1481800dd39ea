"""What the upgrade makes of rule sets, campaigns and the stop list of before."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from .common import CallingCase

_STEPS = Path(__file__).parents[2] / "migrations/19.0.4.0.0"


def load_step(name):
    spec = spec_from_file_location(name.replace("-", "_"), _STEPS / f"{name}.py")
    step = module_from_spec(spec)
    spec.loader.exec_module(step)
    return step


class TestRulesUpgrade(CallingCase):
    def forget_purposes(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_rule_set SET binding = 'none', for_informative = FALSE,"
            " for_telemarketing = FALSE, for_service = FALSE, for_survey = FALSE,"
            " for_debt = FALSE, for_inbound = FALSE"
        )
        self.env.invalidate_all()

    def test_each_set_gets_its_purposes_and_misfits_are_put_on_hold(self):
        own = self.build_rules(consent_kind="advertising")
        spared = self.build_rules(spares_protected=True)
        fit = self.build_campaign(name="Fit")
        misfit = self.build_campaign(name="Misfit")
        self.forget_purposes()
        self.env.cr.execute(
            "UPDATE callcenter_campaign SET purpose = 'debt' WHERE id = %s", [misfit.id]
        )
        load_step("post-rule_sets").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        purposes = ("informative", "telemarketing", "debt")
        for rules, expected in (
            (self.rules, (True, False, False)),
            (self.env.ref("callcenter_ops.rule_set_debt"), (False, False, True)),
            (own, (True, True, False)),
            (spared, (False, False, True)),
        ):
            self.assertEqual(tuple(rules._is_for(one) for one in purposes), expected)
        self.assertEqual((fit.state, misfit.state), ("running", "paused"))
        self.assertIn("Put on hold", misfit.message_ids[0].body)
        debt = self.env.ref("callcenter_ops.rule_set_debt")
        self.assertEqual((debt.binding, self.rules.binding), ("all", "none"))

    def test_other_numbers_of_who_is_stopped_are_entered_once(self):
        client = self.build_client(phone="+73510009991")
        entries = self.env["callcenter.stop.entry"]
        entries.create({"partner_id": client.id, "phone": client.phone, "reason": "X"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET callcenter_other_phones = '+73510009992'"
            " WHERE id = %s",
            [client.id],
        )
        self.env.invalidate_all()
        for _twice in range(2):
            load_step("post-stop_list").migrate(self.env.cr, "19.0.3.0.0")
            self.env.invalidate_all()
            found = entries.search([("partner_id", "=", client.id)])
            self.assertEqual(
                sorted(found.mapped("phone")), ["+73510009991", "+73510009992"]
            )
