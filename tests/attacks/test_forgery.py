"""Forgery: nobody makes a record say, or have said, what did not happen.

Each way in is tried over HTTP by roles from the operator to the administrator; after
every refusal the record stands as it did.
"""

from base64 import b64encode
from datetime import date

from attack_case import AttackCase
from odoo.addons.callcenter_ops.models.common.guarded_mixin import is_guarded
from odoo.tests import tagged

ORDER = "callcenter.personnel.order"
EVERYBODY = ("operator", "supervisor", "hr", "director", "manager")
SCAN = b"signed by hand"
WORDS = "Forged words"


@tagged("post_install", "-at_install")
class TestForgery(AttackCase):
    def setUp(self):
        super().setUp()
        self.order = self.build_signed_order()
        # The administrator of Odoo itself, above all roles of the product.
        self.users["manager"].group_ids |= self.env.ref("base.group_system")
        self.before = self.picture()

    def build_signed_order(self):
        person = self.build_employee(
            "Leaf", work_email="leaf@example.com", department_id=self.department.id
        )
        today = self.company._callcenter_today()
        order = (
            self.env[ORDER]
            .with_user(self.users["hr"])
            .create(
                {
                    "order_type": "appointment",
                    "employee_id": person.id,
                    "job_id": self.job.id,
                    "department_id": self.department.id,
                    "date_order": today,
                    "date_effective": date(2026, 12, 31),
                    "wage": 40000,
                }
            )
        )
        order.action_submit()
        order.with_user(self.users["director"]).action_sign()
        order.with_user(self.users["hr"])._register_paper(
            today, scan=(b64encode(SCAN), "1.pdf")
        )
        return order.sudo()

    def picture(self):
        """What the order, its words, its files and its trail say now."""
        self.env.flush_all()
        self.env.invalidate_all()
        trail = self.env["callcenter.trail"].search(
            [("model", "=", ORDER), ("res_id", "=", self.order.id)]
        )
        return (
            self.order.read(["state", "name", "wage", "signed_on", "paper_scan_hash"]),
            self.scan().mapped("raw"),
            [
                (message.author_id, message.body, message.date)
                for message in self.order.message_ids
            ],
            trail.read(["moment", "user_id", "to_state", "text"]),
        )

    def scan(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", ORDER),
                ("res_field", "=", "paper_scan"),
                ("res_id", "=", self.order.id),
            ]
        )

    def assert_unforged(self, answer):
        self.assertTrue(answer.error, answer.text[:300])
        self.assertEqual(self.picture(), self.before)

    def try_as(self, *roles):
        for role in roles:
            self.sign_in(role)
            yield role

    # -- words --

    def test_nobody_writes_in_anothers_name_or_of_another_time(self):
        director = self.users["director"].partner_id
        for _role in self.try_as("hr", "manager"):
            for forged in (
                {"author_id": director.id},
                {"author_id": str(director.id)},
                {"email_from": director.email_formatted},
                {"date": "2020-01-01 00:00:00"},
                {"create_date": "2020-01-01 00:00:00"},
                {"message_id": "<known@example.com>"},
            ):
                answer = self.call(
                    ORDER, "message_post", [self.order.id], body=WORDS, **forged
                )
                self.assert_unforged(answer)

    def test_nobody_notifies_in_anothers_name(self):
        director = self.users["director"].partner_id
        for _role in self.try_as("hr", "manager"):
            answer = self.call(
                ORDER,
                "message_notify",
                [self.order.id],
                body=WORDS,
                author_id=director.id,
                partner_ids=director.ids,
            )
            self.assert_unforged(answer)

    def test_no_message_is_made_beside_the_chatter(self):
        director = self.users["director"].partner_id
        message = {"model": ORDER, "res_id": self.order.id, "body": WORDS}
        for _role in self.try_as(*EVERYBODY):
            for forged in (
                {},
                {"author_id": director.id},
                {"date": "2020-01-01 00:00:00"},
                {"message_type": "notification"},
            ):
                answer = self.call("mail.message", "create", [message | forged])
                self.assert_unforged(answer)

    def test_no_message_is_moved_onto_the_order(self):
        for _role in self.try_as("manager"):
            partner = self.env.user.partner_id
            own = partner.message_post(body=WORDS)
            answer = self.call(
                "mail.message",
                "write",
                own.ids,
                {"model": ORDER, "res_id": self.order.id},
            )
            self.assert_unforged(answer)

    def test_lines_of_the_program_are_neither_changed_nor_deleted(self):
        line = self.order.message_ids[0]
        for _role in self.try_as("hr", "director", "manager"):
            self.assert_unforged(
                self.call("mail.message", "write", line.ids, {"body": WORDS})
            )
            self.assert_unforged(self.call("mail.message", "unlink", line.ids))
            self.assert_unforged(
                self.ask(
                    "/mail/message/update_content",
                    message_id=line.id,
                    update_data={"body": WORDS, "attachment_ids": []},
                )
            )

    def test_ones_own_words_stand_on_a_signed_order(self):
        self.sign_in("hr")
        answer = self.call(ORDER, "message_post", [self.order.id], body="My own words")
        self.assertFalse(answer.error)
        own = self.order.message_ids[0]
        self.assertEqual(
            (own.author_id, own.message_type),
            (self.users["hr"].partner_id, "comment"),
        )
        for step in (("write", {"body": WORDS}), ("unlink",)):
            self.assertTrue(
                self.call("mail.message", step[0], own.ids, *step[1:]).error
            )
        self.env.invalidate_all()
        self.assertIn("My own words", own.body)

    def test_old_values_in_the_chatter_are_not_rewritten(self):
        line = self.order.message_ids[0]
        value = {"mail_message_id": line.id, "new_value_char": WORDS}
        self.sign_in("manager")
        self.assert_unforged(self.call("mail.tracking.value", "create", [value]))

    # -- files --

    def test_the_scan_is_not_replaced(self):
        file = self.scan()
        content = b64encode(b"other").decode()
        for _role in self.try_as("hr", "director", "manager"):
            for vals in (
                {"datas": content},
                {"raw": "other"},
                {"res_id": 0},
                {"res_field": False},
                {"name": "other.pdf"},
                {"type": "url", "url": "https://example.com"},
            ):
                self.assert_unforged(
                    self.call("ir.attachment", "write", file.ids, vals)
                )
            self.assert_unforged(self.call("ir.attachment", "unlink", file.ids))

    def test_no_file_is_slipped_in_beside_the_scan(self):
        file = {
            "name": "other",
            "res_model": ORDER,
            "res_field": "paper_scan",
            "res_id": self.order.id,
            "datas": b64encode(b"other").decode(),
        }
        for _role in self.try_as("hr", "manager"):
            self.assert_unforged(self.call("ir.attachment", "create", [file]))

    def test_a_file_of_a_message_stays(self):
        self.sign_in("director")
        self.call(
            ORDER,
            "message_post",
            [self.order.id],
            body="See the file",
            attachments=[["basis.txt", "the basis"]],
        )
        file = self.order.message_ids[0].attachment_ids
        self.assertEqual(file.raw, b"the basis")
        for _role in self.try_as("director", "manager"):
            for step in (("write", {"raw": "other"}), ("unlink",)):
                answer = self.call("ir.attachment", step[0], file.ids, *step[1:])
                self.assertTrue(answer.error)
        self.env.invalidate_all()
        self.assertEqual(file.raw, b"the basis")

    # -- the trail and the seals --

    def test_nobody_writes_the_trail_or_a_seal(self):
        line = self.env["callcenter.trail"].search([], limit=1)
        for _role in self.try_as(*EVERYBODY):
            for model, vals in (
                ("callcenter.trail", {"model": ORDER, "res_id": 1, "text": WORDS}),
                ("callcenter.day.seal", {"model": ORDER, "hash": "0"}),
            ):
                self.assert_unforged(self.call(model, "create", [vals]))
                self.assert_unforged(self.call(model, "write", line.ids, vals))
                self.assert_unforged(self.call(model, "unlink", line.ids))
                loaded = self.call(model, "load", ["text"], [[WORDS]])
                self.assertFalse(loaded.result and loaded.result["ids"])
                self.assertEqual(self.picture(), self.before)

    def test_private_ways_are_no_methods(self):
        for _role in self.try_as("manager"):
            for method in (
                "_transition",
                "_in_transition",
                "_log_line",
                "_leave_trail",
            ):
                answer = self.call(ORDER, method, [self.order.id], {"wage": 1})
                self.assert_unforged(answer)

    def test_a_context_opens_nothing(self):
        for key in ("callcenter_transition", "callcenter_messages"):
            for _role in self.try_as("hr", "manager"):
                answer = self.call(
                    ORDER, "write", [self.order.id], {"wage": 1}, context={key: True}
                )
                self.assert_unforged(answer)
                line = self.order.message_ids[0]
                answer = self.call(
                    "mail.message",
                    "write",
                    line.ids,
                    {"body": WORDS},
                    context={key: True},
                )
                self.assert_unforged(answer)

    # -- the administrator --

    def test_the_administrator_makes_no_action_that_forges(self):
        order = f"env['{ORDER}'].sudo().browse({self.order.id})"
        model = self.env["ir.model"]
        self.sign_in("manager")
        for code in (
            "env.cr.execute('UPDATE callcenter_personnel_order SET wage = 1')",
            "env['res.partner']._cr.execute('TRUNCATE callcenter_trail')",
            f"{order}._transition({{'wage': 1}})",
            f"{order}._in_transition().write({{'wage': 1}})",
            f"{order}.message_post(body='x', author_id=1)",
            f"{order}.message_ids.unlink()",
            f"env['ir.attachment'].browse({self.scan().id}).unlink()",
        ):
            with self.subTest(code=code):
                action = {
                    "name": "Forge",
                    "model_id": model._get_id("res.partner"),
                    "state": "code",
                    "code": code,
                }
                made = self.call("ir.actions.server", "create", [action])
                if not made.error:
                    run = self.call("ir.actions.server", "run", made.result)
                    self.assertTrue(run.error, code)
                self.assertEqual(self.picture(), self.before)

    def test_no_field_made_on_a_screen_forges(self):
        self.sign_in("manager")
        field = {
            "name": "x_forge",
            "model_id": self.env["ir.model"]._get_id("res.partner.title")
            or self.env["ir.model"]._get_id("res.lang"),
            "ttype": "char",
            "store": False,
            "depends": "name",
            "compute": (
                "for record in self:\n"
                f"  record.env['{ORDER}'].sudo().browse({self.order.id})"
                "._transition({'wage': 1})\n"
                "  record['x_forge'] = 'x'"
            ),
        }
        made = self.call("ir.model.fields", "create", [field])
        if not made.error:
            self.call("res.lang", "search_read", [], ["x_forge"])
        self.assertEqual(self.picture(), self.before)

    # -- all of them --

    def test_every_guarded_model_keeps_its_words(self):
        """Generated over every model that has words and is guarded."""
        director = self.users["director"].partner_id
        messages = self.env["mail.message"]
        count = messages.search_count([("body", "ilike", WORDS)])
        self.build_campaign()
        self.sign_in("manager")
        models = [
            name
            for name, model in self.env.registry.items()
            if is_guarded(self.env, name)
            and hasattr(model, "message_post")
            and not model._abstract
        ]
        for name in models:
            record = self.env[name].search([], limit=1)
            ids = record.ids or [1]
            message = {"model": name, "res_id": ids[0], "body": WORDS}
            for answer in (
                self.call(name, "message_post", ids, body=WORDS, author_id=director.id),
                self.call(name, "message_post", ids, body=WORDS, date="2020-01-01"),
                self.call("mail.message", "create", [message]),
            ):
                self.assertTrue(answer.error, name)
        self.assertEqual(messages.search_count([("body", "ilike", WORDS)]), count)
        self.assertLessEqual({ORDER, "hr.employee", "callcenter.campaign"}, set(models))
