"""What stands of an order once it is signed, whoever would like it otherwise."""

import hashlib
from base64 import b64encode
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger
from psycopg2 import Error as DatabaseError

from ...models.common import day_seal
from ...models.common.chain_verifier import ChainVerifier
from ...models.common.live_check import LiveCheck
from ...models.common.signed_paper_mixin import _hash_pdf
from .common import NOON, PersonnelCase

SCAN = b64encode(b"signed by hand")
NEXT_NIGHT = "2026-03-02 22:30:00"


class TestEvidence(PersonnelCase):
    def setUp(self):
        super().setUp()
        self.order = self.appoint(date_effective=date(2026, 3, 9))

    def lines(self, record):
        return self.env["callcenter.trail"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )

    def seal(self):
        with self.at(NEXT_NIGHT):
            self.env["callcenter.day.seal"]._cron_seal()

    def faults(self):
        return [
            (seal.model, str(seal.day))
            for seal, _what in ChainVerifier(self.env).find_faults(self.company)
        ]

    # -- the trail --

    def test_each_step_leaves_one_line_with_who_and_when(self):
        moves = [
            (line.user_id, line.from_state, line.to_state, str(line.moment))
            for line in self.lines(self.order)
            if line.to_state
        ]
        self.assertEqual(
            moves,
            [
                (self.users["hr"], "draft", "submitted", NOON),
                (self.users["director"], "submitted", "signed", NOON),
            ],
        )

    def test_words_in_the_chatter_stand_on_the_trail_too(self):
        texts = [line.text for line in self.lines(self.order) if line.text]
        self.assertIn(f"Signed under number {self.order.name}.", texts)
        bodies = " ".join(self.order.message_ids.mapped("body"))
        self.assertIn(f"Signed under number {self.order.name}.", bodies)

    def test_a_deputys_line_says_for_whom_he_acts(self):
        deputy = self.build_operator("Deputy", self.users["operator"])
        self.supervisor._transition({"callcenter_status": "appointed"})
        self.stand_in(deputy, self.supervisor)
        trail = self.env["callcenter.trail"].with_user(self.users["operator"]).sudo()
        trail._note(self.order, "Seen.")
        self.assertEqual(self.lines(self.order)[-1].acting_for, "Supervisor")

    def test_nobody_writes_on_the_trail_by_hand(self):
        line = self.lines(self.order)[0]
        before = line.text, len(self.lines(self.order))
        for user in (*self.users.values(), self.env.ref("base.user_admin"), None):
            own = line.with_user(user) if user else line
            for attack in (
                lambda own=own: own.write({"text": "x"}),
                lambda own=own: own.unlink(),
                lambda own=own: own.create({"model": "x", "res_id": 1}),
            ):
                with self.assertRaises(UserError):
                    attack()
        self.assertEqual((line.text, len(self.lines(self.order))), before)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_change_the_trail(self):
        for query in (
            "UPDATE callcenter_trail SET moment = '2020-01-01'",
            "DELETE FROM callcenter_trail",
            "TRUNCATE callcenter_trail",
        ):
            self.assert_database_refuses(query)

    def test_the_trail_is_read_by_the_director_and_the_administrator(self):
        for role, may in (
            *(("director", True), ("manager", True), ("hr", False)),
            *(("supervisor", False), ("operator", False), ("outsider", False)),
        ):
            with self.subTest(role=role):
                trail = self.env["callcenter.trail"].with_user(self.users[role])
                self.assertEqual(trail.has_access("read"), may)

    # -- the table --

    def assert_database_refuses(self, query, *values):
        with (
            self.subTest(query=query),
            self.assertRaises(DatabaseError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(query, values)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_signed_order(self):
        self.env.flush_all()
        for change in (
            *("name = '99-П/2026'", "number = 99", "wage = 1", "basis = 'x'"),
            *("signed_by_id = 1", "signed_on = '2020-01-01'", "employee_id = 1"),
            *("state = 'draft'", "state = 'cancelled'"),
            "date_execution = '2020-01-01'",
        ):
            self.assert_database_refuses(
                f"UPDATE callcenter_personnel_order SET {change} WHERE id = %s",  # noqa: S608
                self.order.id,
            )
        self.assert_database_refuses(
            "DELETE FROM callcenter_personnel_order WHERE id = %s", self.order.id
        )
        self.assert_database_refuses("TRUNCATE callcenter_personnel_order CASCADE")

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_no_draft_be_signed_without_a_line_on_the_trail(self):
        draft = self.build_order(self.build_employee("Other"))
        self.env.flush_all()
        self.assert_database_refuses(
            "UPDATE callcenter_personnel_order SET state = 'signed', number = 77,"
            " year = 2026 WHERE id = %s",
            draft.id,
        )

    # -- what is typed into a screen --

    def build_action(self, **vals):
        model = self.env["ir.model"]._get("callcenter.personnel.order")
        return self.env["ir.actions.server"].create(
            {"name": "Forge", "model_id": model.id, "state": "code", **vals}
        )

    def test_a_server_action_that_moves_orders_cannot_be_made(self):
        for code in (
            "record._transition({'basis': 'x'})",
            "record._in_transition().write({'basis': 'x'})",
            "env['callcenter.personnel.order'].browse(1)._sign()",
            "env.cr.execute('UPDATE callcenter_personnel_order SET wage = 1')",
        ):
            with self.subTest(code=code), self.assertRaises(ValidationError):
                self.build_action(code=code)
        with self.assertRaises(ValidationError):
            self.build_action(state="object_write", update_path="basis", value="x")

    def test_a_server_action_of_another_model_moves_no_order_either(self):
        partner = self.env["ir.model"]._get("res.partner")
        order = f"env['callcenter.personnel.order'].browse({self.order.id})"
        for step in ("sudo()._transition", "sudo()._in_transition().write"):
            action = self.build_action(
                model_id=partner.id, code=f"{order}.{step}({{'basis': 'x'}})"
            )
            with self.subTest(step=step), self.assertRaises(UserError):
                action.run()
        self.assertFalse(self.order.basis)

    def test_a_server_action_written_by_sql_does_not_run(self):
        action = self.build_action(code="model._cron_execute_due()")
        self.env.cr.execute(
            "UPDATE ir_act_server SET code = 'env.cr.rollback()' WHERE id = %s",
            [action.id],
        )
        action.invalidate_recordset()
        with self.assertRaises(AccessError):
            action.run()

    def test_neither_rule_nor_field_speaks_sql(self):
        model = self.env["ir.model"]._get("res.partner")
        with self.assertRaises(ValidationError):
            self.env["ir.rule"].create(
                {
                    "name": "Forge",
                    "model_id": model.id,
                    "domain_force": "[(1, '=', user.env.cr.execute('SELECT 1') or 1)]",
                }
            )
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.env["ir.model.fields"].create(
                {
                    "name": "x_forge",
                    "model_id": model.id,
                    "ttype": "char",
                    "store": False,
                    "compute": "self.env.cr.execute('SELECT 1')",
                }
            )

    def test_plain_calls_of_our_own_methods_still_run(self):
        job = self.build_action(code="model._cron_execute_due()")
        with self.at("2026-03-08 19:00:00"):
            job.run()
        self.assertEqual(
            (self.order.execution_error, self.order.state), (False, "executed")
        )

    # -- files --

    def register_scan(self):
        self.as_("hr", self.order)._register_paper(
            date(2026, 3, 2), scan=(SCAN, "1.pdf")
        )
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.order._name),
                ("res_field", "=", "paper_scan"),
                ("res_id", "=", self.order.id),
            ]
        )

    def test_the_scan_of_a_signed_order_stays_and_its_hash_with_it(self):
        file = self.register_scan()
        digest = hashlib.sha256(b"signed by hand").hexdigest()
        self.assertEqual(self.order.paper_scan_hash, digest)
        admin = self.env.ref("base.user_admin")
        for own in (file.with_user(admin), file.sudo()):
            for attack in (
                lambda own=own: own.write({"datas": b64encode(b"other")}),
                lambda own=own: own.write({"res_id": 0}),
                lambda own=own: own.unlink(),
            ):
                with self.assertRaises(AccessError):
                    attack()
        self.assertEqual(file.raw, b"signed by hand")

    def test_no_second_scan_is_slipped_in_beside(self):
        self.register_scan()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["ir.attachment"].with_user(self.env.ref("base.user_admin")).create(
                {
                    "name": "other",
                    "res_model": self.order._name,
                    "res_field": "paper_scan",
                    "res_id": self.order.id,
                    "datas": b64encode(b"other"),
                }
            )

    # -- seals --

    def test_a_sealed_day_verifies_and_a_changed_row_names_table_and_day(self):
        self.seal()
        self.assertEqual(self.faults(), [])
        with self.as_owner_of("callcenter_personnel_order") as cr:
            cr.execute(
                "UPDATE callcenter_personnel_order SET wage = 1 WHERE id = %s",
                [self.order.id],
            )
        self.assertEqual(self.faults(), [("callcenter.personnel.order", "2026-03-02")])

    def test_a_row_added_or_removed_later_shows(self):
        self.seal()
        with self.as_owner_of("callcenter_trail") as cr:
            cr.execute("DELETE FROM callcenter_trail WHERE to_state = 'signed'")
        self.assertEqual(self.faults(), [("callcenter.trail", "2026-03-02")])

    def test_a_seal_made_anew_shows_in_the_chain(self):
        self.seal()
        first = self.env["callcenter.day.seal"].search([], order="id", limit=1)
        with self.as_owner_of("callcenter_day_seal") as cr:
            cr.execute(
                "UPDATE callcenter_day_seal SET hash = repeat('0', 64) WHERE id = %s",
                [first.id],
            )
        self.assertIn((first.model, str(first.day)), self.faults())

    def test_lawful_steps_after_the_seal_leave_it_whole(self):
        self.seal()
        with self.at("2026-03-08 19:00:00"):
            self.register_scan()
            self.Order._cron_execute_due()
        self.assertEqual(self.order.state, "executed")
        self.assertEqual(self.faults(), [])

    def test_each_day_is_sealed_once_and_a_missed_night_is_made_up_for(self):
        self.seal()
        self.seal()
        with self.at("2026-03-05 22:30:00"):
            self.env["callcenter.day.seal"]._cron_seal()
        days = self.env["callcenter.day.seal"].search(
            [("company_id", "=", self.company.id), ("model", "=", "callcenter.trail")],
            order="id",
        )
        self.assertEqual(
            [str(seal.day) for seal in days],
            ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"],
        )
        self.assertEqual(self.faults(), [])

    def test_the_head_leaves_the_database(self):
        with patch.object(day_seal._logger, "info") as log:
            self.seal()
        head = self.env["callcenter.day.seal"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.assertIn(head.hash, log.call_args.args)
        mails = self.env["mail.mail"].search([("body_html", "ilike", head.hash)])
        self.assertIn(self.users["director"].partner_id, mails.recipient_ids)

    # -- bin/check --

    def codes(self):
        return {fault.code for fault in LiveCheck(self.env).find_faults()}

    def test_the_check_names_a_replaced_file_and_a_forged_row(self):
        file = self.register_scan()
        self.assertFalse(self.codes() & {"file", "untold", "chain", "guard"})
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = NULL, db_datas = 'other'"
            " WHERE id = %s",
            [file.id],
        )
        self.env.invalidate_all()
        self.assertIn("file", self.codes())

    def test_the_check_names_a_replaced_pdf_and_changed_words(self):
        self.order._transition({"paper_pdf": SCAN, "paper_pdf_hash": _hash_pdf(SCAN)})
        self.assertNotIn("paper", self.codes())
        file = self.order._get_evidence(self.order, "paper_pdf")
        for statement, table, id_ in (
            (
                "UPDATE ir_attachment SET store_fname = NULL, db_datas = 'other'"
                " WHERE id = %s",
                "ir_attachment",
                file.id,
            ),
            (
                "UPDATE callcenter_personnel_order SET paper_words = '{}'"
                " WHERE id = %s",
                "callcenter_personnel_order",
                self.order.id,
            ),
        ):
            with self.subTest(statement=statement), self.env.cr.savepoint() as point:
                with self.as_owner_of(table) as cr:
                    cr.execute(statement, [id_])
                self.assertIn("paper", self.codes())
                point.rollback()
            self.env.invalidate_all()

    def test_the_check_names_an_order_that_no_step_signed(self):
        other = self.build_order(self.build_employee("Other"))
        with self.as_owner_of("callcenter_personnel_order") as cr:
            cr.execute(
                "UPDATE callcenter_personnel_order SET state = 'signed', number = 77,"
                " create_date = '2999-01-01' WHERE id = %s",
                [other.id],
            )
        self.assertIn("untold", self.codes())
