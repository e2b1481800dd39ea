import re
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..personnel.common import TODAY, PersonnelCase
from .common import PositionCase

FIRST_DAY = date(2026, 3, 9)


class CandidateCase(PersonnelCase, PositionCase):
    """An appointment that begins next week and a local act to read before it."""

    def setUp(self):
        super().setUp()
        self.policy = self.approve(self.build_policy())
        self.description = self.approve(self.build_description())
        self.order = self.build_order(date_effective=FIRST_DAY)

    def sign(self, record, **kwargs):
        """Orders are signed by the Director, acknowledgements by their employee."""
        return PersonnelCase.sign(self, record)

    def make_link(self, order=None):
        """The token of a new link by HR."""
        action = self.as_("hr", order or self.order).action_ask_candidate()
        self.url = action["context"]["default_url"]
        return self.url.rsplit("/", 1)[1]

    def find(self, token):
        return self.env["callcenter.candidate.link"]._find(token)

    def get_asked(self):
        return self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", self.candidate.id), ("order_id", "=", False)]
        )

    def sign_all(self):
        link = self.find(self.make_link())
        for asked in self.get_asked():
            shown = asked._get_document()._get_content_hash()
            link._sign(str(asked.id), "Синицына В. О.", shown)


@tagged("post_install", "-at_install")
class TestCandidateLink(CandidateCase):
    """Local acts are read before the contract, by the candidate's own link."""

    def test_a_submitted_appointment_asks_for_what_is_read_before_the_contract(self):
        briefing = self.approve(
            self.build_policy(
                kind="briefing",
                briefing_field="labour_safety",
                briefing_type="introductory",
            )
        )
        self.as_("hr", self.order).action_submit()
        asked = self.get_asked()
        self.assertEqual(asked.policy_id, self.policy)
        self.assertEqual(asked.description_id, self.description)
        self.assertEqual(asked.job_id, self.job)
        self.assertNotIn(briefing, asked.policy_id)

    def test_what_was_signed_by_the_link_is_not_asked_for_again(self):
        self.sign_all()
        self.assertEqual(set(self.get_asked().mapped("state")), {"signed"})
        self.assertEqual(set(self.get_asked().mapped("signed_way")), {"link"})
        self.sign(self.order)
        with self.at("2026-03-09 03:00:00"):
            self.Order._cron_execute_due()
            self.assertEqual(self.order.sudo().state, "executed")
            self.assertEqual(len(self.get_asked()), 2)
            self.assertEqual(self.get_blockers(self.candidate, FIRST_DAY), [])

    def test_the_setting_says_whether_an_unread_paper_keeps_the_order(self):
        papers = self.policy.with_context(lang="en_US").display_name
        self.company.callcenter_local_acts_policy = "block"
        self.as_("hr", self.order).action_submit()
        with self.assertRaisesRegex(UserError, "art. 68"):
            self.as_("director", self.order).action_sign()
        self.assertEqual(self.order.sudo().state, "submitted")
        self.sign_all()
        self.as_("director", self.order).action_sign()
        self.assertEqual(self.order.sudo().state, "signed")
        second = self.build_order(self.build_employee("Second Person"))
        self.company.callcenter_local_acts_policy = "warn"
        self.sign(second)
        notes = " ".join(second.sudo().message_ids.mapped("body"))
        self.assertIn("has not acknowledged before the contract", notes)
        self.assertIn(papers, notes)

    def test_a_sheet_of_paper_counts_as_well(self):
        self.company.callcenter_local_acts_policy = "block"
        self.as_("hr", self.order).action_submit()
        self.as_("hr", self.get_asked())._register_paper(TODAY)
        self.as_("director", self.order).action_sign()
        self.assertEqual(self.order.sudo().state, "signed")

    def test_a_link_ends_before_the_first_day_or_sooner(self):
        token = self.make_link()
        link = self.find(token)
        self.assertEqual(str(link.expires_on), "2026-03-08 19:00:00")
        self.company.callcenter_candidate_link_days = 2
        self.assertEqual(
            str(self.find(self.make_link()).expires_on), "2026-03-04 07:00:00"
        )
        self.assertFalse(self.find(token), "a new link ends the one before it")
        with self.at("2026-03-04 07:00:00"):
            self.assertFalse(self.env["callcenter.candidate.link"]._find(self.url))

    def test_no_link_is_made_once_the_first_day_has_come(self):
        with self.assertRaisesRegex(UserError, "first day has come"):
            self.make_link(self.build_order())

    def test_a_link_signs_its_own_candidates_papers_alone(self):
        anna = self.build_operator("Anna Sharova")
        other = self.approve(self.build_policy(name="Other"))
        foreign = self.get_acknowledgement(anna, other)
        link = self.find(self.make_link())
        shown = other._get_content_hash()
        with self.assertRaises(UserError):
            link._sign(str(foreign.id), "Anna Sharova", shown)
        mine = self.get_asked().filtered("policy_id")[:1]
        shown = mine.policy_id._get_content_hash()
        for name in ("Вася Пупкин", " "):
            with self.subTest(name=name), self.assertRaises(UserError):
                link._sign(str(mine.id), name, shown)
        with self.assertRaises(UserError):
            link._sign(str(mine.id), "Синицына Вера Олеговна", "another text")
        self.assertEqual((foreign.state, mine.state), ("pending", "pending"))

    def test_links_are_made_by_hr_and_their_key_is_read_by_nobody(self):
        for role in ("operator", "supervisor", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.order).action_ask_candidate()
        token = self.make_link()
        link = self.find(token)
        self.assertNotIn(token, str(link.read()))
        with self.assertRaises(AccessError):
            self.as_("hr", link).read(["token_hash"])


@tagged("post_install", "-at_install")
class TestCandidatePage(CandidateCase, HttpCase):
    """The page that a stranger's browser opens."""

    def open(self, token):
        return self.url_open(f"/callcenter/acts/{token}")

    def post(self, token, page, asked, signature):
        key = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open(
            f"/callcenter/acts/{token}/sign",
            data={
                "csrf_token": key,
                "request_id": asked.id,
                "signature": signature,
                "shown_hash": asked._get_document()._get_content_hash(),
            },
        )

    def test_a_candidate_reads_and_signs_without_an_account(self):
        token = self.make_link()
        page = self.open(token)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Be polite.", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        asked = self.get_asked().filtered("policy_id")
        self.post(token, page, asked, "Вася Пупкин")
        self.env.invalidate_all()
        self.assertEqual(asked.state, "pending")
        self.post(token, page, asked, "Синицына Вера Олеговна")
        self.env.invalidate_all()
        self.assertEqual((asked.state, asked.signed_way), ("signed", "link"))

    def test_a_wrong_link_shows_nothing_and_many_of_them_are_not_heard(self):
        token = self.make_link()
        for _try in range(20):
            page = self.open("guess")
            self.assertEqual(page.status_code, 404)
        self.assertNotIn("Be polite.", page.text)
        self.assertEqual(self.open(token).status_code, 404)
        self.env["callcenter.candidate.link.miss"].search([]).unlink()
        self.assertEqual(self.open(token).status_code, 200)
