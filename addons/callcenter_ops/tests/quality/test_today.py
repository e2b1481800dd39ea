from datetime import date

from odoo.tests import tagged

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestSupervisorToday(SupervisionCase):
    """The sales director's first screen: the team as it works, and what to decide."""

    def ask(self):
        [part] = self.as_("supervisor", self.env["callcenter.today"]).get_screen()
        return part

    def test_a_sheet_handed_in_is_checked_from_the_screen(self):
        sheet = self.build_call().sheet_id
        with self.at("2026-03-02 08:00:00"):
            self.assertEqual(self.ask()["work"], [])
            self.as_("operator", sheet).action_submit()
            [line] = self.ask()["work"]
            self.assertEqual(line["title"], self.operator.name)
            self.assertEqual(line["due"], str(date(2026, 3, 3)))
            [step] = line["steps"]
            called = self.env[step["call"]["model"]].browse(step["call"]["ids"])
            getattr(self.as_("supervisor", called), step["call"]["method"])()
            self.assertEqual(sheet.state, "checked")
            self.assertEqual(self.ask()["work"], [])

    def test_the_team_is_shown_as_it_works(self):
        with self.at("2026-03-02 08:00:00"):
            self.as_("operator", self.env["callcenter.desk"]).set_state("ready")
            team = self.ask()["team"]
        states = {one["state"]: one["count"] for one in team["states"]}
        self.assertEqual(states["ready"], 1)
        first = team["rows"][0]
        self.assertEqual((first["name"], first["state"]), (self.operator.name, "ready"))

    def test_what_there_is_none_of_is_counted_as_none(self):
        counts = {one["key"]: one["count"] for one in self.ask()["counts"]}
        self.assertEqual(
            counts,
            {
                "alerts": 0,
                "promises": 0,
                "payments": 0,
                "letters": 0,
                "sheets": 0,
                "evaluations": 0,
            },
        )
