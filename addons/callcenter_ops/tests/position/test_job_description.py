from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..cases import MONDAY
from .common import PositionCase

TUESDAY = date(2026, 3, 3)
APRIL = date(2026, 4, 1)


@tagged("post_install", "-at_install")
class TestJobDescription(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))

    def test_clauses_are_numbered_by_section_and_order(self):
        description = self.build_description(texts=("First.", "Second."))
        self.assertEqual(
            description._get_numbered_clauses(),
            [("1.", "Duties"), ("1.1", "First."), ("1.2", "Second.")],
        )
        clauses = description.section_ids.clause_ids
        clauses[1].sequence = -1
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            description._get_numbered_clauses(),
            [("1.", "Duties"), ("1.1", "Second."), ("1.2", "First.")],
        )

    def test_versions_count_from_one_within_the_post(self):
        other_job = self.env["hr.job"].create({"name": "Trainer"})
        versions = [
            self.build_description().version,
            self.build_description().version,
            self.build_description(job=other_job).version,
        ]
        self.assertEqual(versions, [1, 2, 1])

    def test_only_the_director_approves(self):
        description = self.build_description()
        for role in ("hr", "supervisor", "operator", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, description).action_approve()
        self.assertEqual(description.state, "draft")
        self.approve(description)
        self.assertEqual(description.state, "approved")
        self.assertEqual(description.approved_by_id, self.users["director"])
        self.assertEqual(len(description.content_hash), 64)

    def test_an_empty_description_is_not_approved(self):
        description = self.build_description(section_ids=[])
        with self.assertRaisesRegex(UserError, "nothing to approve"):
            self.approve(description)
        self.assertEqual(description.state, "draft")

    def test_approved_text_is_frozen_by_every_way(self):
        description = self.approve(self.build_description())
        section = description.section_ids
        clause = section.clause_ids
        attempts = [
            lambda: description.write({"title": "Other"}),
            lambda: description.write({"date_from": APRIL}),
            lambda: section.write({"name": "Other"}),
            lambda: clause.write({"text": "Other."}),
            lambda: section.write({"clause_ids": [(0, 0, {"text": "More."})]}),
            lambda: clause.copy(),
            lambda: clause.create({"section_id": section.id, "text": "More."}),
            lambda: clause.unlink(),
            lambda: section.unlink(),
            lambda: description.unlink(),
            lambda: description.requirement_ids.create(
                {
                    "description_id": description.id,
                    "name": "Skates",
                    "topic_id": self.topic.id,
                }
            ),
        ]
        for attempt in attempts:
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
            self.env.invalidate_all()
        self.assertEqual(clause.text, "Calls clients.")
        self.assertEqual(description._get_content_hash(), description.content_hash)

    def test_the_state_cannot_be_forged(self):
        description = self.build_description()
        model = description.browse()
        for values in ({"state": "approved"}, {"content_hash": "0" * 64}):
            with self.assertRaises(UserError):
                description.write(values)
            with self.assertRaises(UserError):
                model.create({"job_id": self.job.id} | values)
            with self.assertRaises(UserError):
                model.with_context(
                    **{f"default_{key}": value for key, value in values.items()}
                ).create({"job_id": self.job.id})
        with self.assertRaises(UserError):
            description.with_context(callcenter_transition=True).write(
                {"state": "approved"}
            )
        self.assertEqual(description.state, "draft")

    def test_a_new_version_supersedes_the_old_one_on_its_first_day(self):
        first = self.approve(self.build_description())
        second = self.build_description(texts=("Calls more.",), date_from=TUESDAY)
        self.approve(second)
        self.assertEqual((first.state, first.date_to), ("approved", MONDAY))
        self.assertEqual(
            self.job._get_callcenter_description(MONDAY, self.company), first
        )
        self.assertEqual(
            self.job._get_callcenter_description(TUESDAY, self.company), second
        )
        with self.at("2026-03-03 06:00:00"):
            first.browse().sudo()._cron_supersede()
        self.assertEqual((first.state, second.state), ("superseded", "approved"))

    def test_a_version_approved_for_today_replaces_the_old_one_at_once(self):
        first = self.approve(self.build_description())
        second = self.approve(self.build_description())
        self.assertEqual((first.state, second.state), ("superseded", "approved"))
        self.assertEqual(
            self.job._get_callcenter_description(MONDAY, self.company), second
        )

    def test_a_version_cannot_start_before_the_one_in_force(self):
        first = self.approve(self.build_description(date_from=TUESDAY))
        second = self.build_description(date_from=MONDAY)
        with self.assertRaisesRegex(UserError, "cannot start before"):
            self.approve(second)
        self.assertEqual((first.state, second.state), ("approved", "draft"))
        self.assertFalse(first.date_to)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_two_versions_in_force_on_one_day(self):
        first = self.approve(self.build_description())
        second = self.build_description()
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE callcenter_job_description SET state = 'approved'"
                " WHERE id = %s",
                [second.id],
            )
        self.assertEqual(first.state, "approved")

    def test_the_next_version_starts_from_the_text_in_force(self):
        first = self.approve(self.build_description(texts=("One.", "Two.")))
        action = self.as_("hr", first).action_new_version()
        second = first.browse(action["res_id"])
        self.assertEqual((second.version, second.state), (2, "draft"))
        self.assertEqual(second._get_numbered_clauses(), first._get_numbered_clauses())
        again = self.as_("hr", first).action_new_version()
        self.assertEqual(again["res_id"], second.id)

    def test_pasted_markup_becomes_plain_text(self):
        description = self.build_description(
            texts=("<p>Calls <b>clients</b>.</p><script>alert(1)</script>",)
        )
        self.assertEqual(description.section_ids.clause_ids.text, "Calls clients.")
        requirement = {"name": "<b>Skates</b> &amp; skis", "topic_id": self.topic.id}
        description.requirement_ids = [(0, 0, requirement)]
        self.assertEqual(description.requirement_ids.name, "Skates & skis")

    def test_verification_notices_a_text_changed_past_the_system(self):
        description = self.approve(self.build_description())
        hr_view = self.as_("hr", description)
        self.assertEqual(hr_view.action_verify_hash()["params"]["type"], "success")
        self.env.cr.execute(
            "UPDATE callcenter_job_description_clause SET text = 'Forged.'"
            " WHERE id = %s",
            description.section_ids.clause_ids.ids,
        )
        self.env.invalidate_all()
        self.assertEqual(hr_view.action_verify_hash()["params"]["type"], "danger")

    def test_comparison_shows_what_changed(self):
        first = self.approve(self.build_description(texts=("Calls clients.", "Reads.")))
        second = self.build_description(
            texts=("Calls all clients.", "Reads.", "Writes.")
        )
        comparison = (
            self.env["callcenter.job.description.compare"]
            .with_user(self.users["hr"])
            .create({"new_id": second.id})
        )
        self.assertEqual(comparison.old_id, first)
        self.assertEqual(
            [
                (row["kind"], row["new"] and row["new"][0])
                for row in comparison._get_rows()
                if row["kind"] != "same"
            ],
            [("changed", "1.1"), ("added", "1.3")],
        )
        self.assertIn("Writes.", comparison.comparison_html)
        self.assertNotIn("Reads.", comparison.comparison_html)

    def test_requirements_name_the_topics_that_prove_them(self):
        description = self.build_description(
            requirement_ids=[
                (0, 0, {"name": "Skates", "topic_id": self.topic.id, "kind": "skill"})
            ]
        )
        self.assertFalse(self.job._get_callcenter_topics(MONDAY, self.company))
        self.approve(description)
        self.assertEqual(
            self.job._get_callcenter_topics(MONDAY, self.company), self.topic
        )
