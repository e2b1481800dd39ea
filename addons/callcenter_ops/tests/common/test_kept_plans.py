import inspect
import re
from unittest.mock import Mock, patch

from odoo import fields
from odoo.sql_db import ConnectionPool, PsycoConnection, db_connect
from odoo.tests import BaseCase, TransactionCase
from odoo.tools import config
from psycopg2.errors import DivisionByZero
from psycopg2.extensions import connection as psycopg2_connection

from ...fastpath import bus_rows, kept_plans, switch
from ...fastpath.prepared import run_prepared

_PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


class TestKeptPlans(TransactionCase):
    """A connection of the pool keeps its plans and nothing else of its last user."""

    def lend(self):
        """A cursor of the pool's; one that is given back is lent again first."""
        cr = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(cr.close)
        return cr

    def ask(self, cr, query, *params):
        cr.execute(query, params or None)
        return cr.fetchone()[0]

    def backend(self, cr):
        return self.ask(cr, "SELECT pg_backend_pid()")

    def test_a_lent_connection_has_forgotten_its_last_user(self):
        first = self.lend()
        backend = self.backend(first)
        first.execute(
            """
            SET SESSION lock_timeout = '7s';
            SET SESSION plan_cache_mode = force_custom_plan;
            CREATE TEMP TABLE left_behind (id int);
            SELECT pg_advisory_lock(4711);
            LISTEN left_behind;
            """
        )
        first.commit()
        first.close()
        second = self.lend()
        self.assertEqual(self.backend(second), backend)
        self.assertEqual(self.ask(second, "SHOW lock_timeout"), "0")
        self.assertEqual(self.ask(second, "SHOW plan_cache_mode"), "auto")
        self.assertIsNone(self.ask(second, "SELECT to_regclass('left_behind')"))
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %s"
        self.assertEqual(self.ask(second, held, backend), 0)
        self.assertEqual(
            self.ask(second, "SELECT count(*) FROM pg_listening_channels()"), 0
        )

    def test_a_lent_connection_begins_a_transaction_of_its_own(self):
        first = self.lend()
        first.execute("CREATE TEMP TABLE undone (id int)")
        first.close()
        second = self.lend()
        self.assertIsNone(self.ask(second, "SELECT to_regclass('undone')"))
        isolation = self.ask(second, "SHOW transaction_isolation")
        self.assertEqual(isolation, "repeatable read")
        self.assertFalse(second.connection.autocommit)

    def test_a_statement_is_prepared_once_for_all_requests(self):
        text = "SELECT %(left)s::int + %(right)s::int"
        answers = []
        for left in range(3):
            cr = self.lend()
            run_prepared(cr, text, {"left": left, "right": 10})
            answers.append(cr.fetchone()[0])
            cr.close()
        cr = self.lend()
        self.assertEqual(answers, [10, 11, 12])
        self.assertEqual(self.ask(cr, _PREPARED, "%$1::int + $2::int%"), 1)

    def test_a_plan_outlives_a_request_that_failed(self):
        text = "SELECT 1 / %(part)s::int"
        first = self.lend()
        with self.assertRaises(DivisionByZero):
            run_prepared(first, text, {"part": 0}, log_exceptions=False)
        first.close()
        second = self.lend()
        run_prepared(second, text, {"part": 1})
        self.assertEqual(second.fetchone(), (1,))

    def test_a_statement_meets_a_column_added_since_it_was_prepared(self):
        cr = self.lend()
        cr.execute("CREATE TEMP TABLE grown (id int)")
        text = "INSERT INTO grown (id) VALUES (%(id)s) RETURNING id"
        run_prepared(cr, text, {"id": 1})
        cr.execute("ALTER TABLE grown ADD COLUMN note varchar DEFAULT 'new'")
        run_prepared(cr, text, {"id": 2})
        self.assertEqual(self.ask(cr, "SELECT note FROM grown WHERE id = 2"), "new")


class TestPrepared(BaseCase):
    """Without connections that keep plans a statement is sent as it is."""

    def test_the_plain_text_is_sent_where_plans_are_thrown_away(self):
        cr = Mock(connection=object())
        run_prepared(cr, "SELECT %(one)s", {"one": 1}, before="SAVEPOINT s;")
        cr.execute.assert_called_once_with("SAVEPOINT s;SELECT %(one)s", {"one": 1})

    def test_names_become_places_and_one_used_twice_is_sent_once(self):
        connection = Mock(callcenter_keeps_plans=True)
        cr = Mock(connection=connection)
        text = "SELECT %(a)s::int + %(b)s::int + %(a)s::int"
        for _time in range(2):
            run_prepared(cr, text, {"a": 1, "b": 2})
        sent = [call.args[0] for call in cr.execute.call_args_list]
        name = re.match(r"PREPARE (callcenter_[0-9a-f]{16}) AS", sent[0])[1]
        execute = f"EXECUTE {name} (%(a)s, %(b)s)"
        self.assertEqual(
            sent,
            [
                f"PREPARE {name} AS SELECT $1::int + $2::int + $1::int",
                execute,
                execute,
            ],
        )

    def test_two_connections_give_one_text_one_name(self):
        names = set()
        for other in ("SELECT 0", "SELECT 1"):
            cr = Mock(connection=Mock(callcenter_keeps_plans=True))
            run_prepared(cr, other, {})
            run_prepared(cr, "SELECT 2", {})
            names.add(cr.execute.call_args_list[-1].args[0])
        self.assertEqual(len(names), 1)

    def test_with_the_switch_off_a_statement_is_sent_as_it_is(self):
        cr = Mock(connection=Mock(callcenter_keeps_plans=True))
        with patch.dict(config.options, {"callcenter_fastpath": "rows,bus"}):
            run_prepared(cr, "SELECT %(one)s", {"one": 1})
        cr.execute.assert_called_once_with("SELECT %(one)s", {"one": 1})


class TestWhatIsReliedOn(BaseCase):
    """What the fast path knows of Odoo: a new version that differs is noticed here."""

    def test_the_pool_resets_a_connection_by_the_method_that_is_replaced(self):
        self.assertIn("cnx.reset()", inspect.getsource(ConnectionPool.borrow))
        self.assertIs(PsycoConnection.__mro__[1], psycopg2_connection)

    def test_a_pool_that_lends_otherwise_is_left_alone(self):
        own = Mock()
        kept = PsycoConnection.callcenter_keeps_plans
        self.addCleanup(setattr, PsycoConnection, "callcenter_keeps_plans", kept)
        del PsycoConnection.callcenter_keeps_plans
        with patch.object(PsycoConnection, "reset", own):
            with self.assertLogs(kept_plans.__name__, "WARNING"):
                kept_plans.keep_plans()
            self.assertIs(PsycoConnection.reset, own)

    def test_the_bus_has_what_its_rows_are_stored_by(self):
        for name in bus_rows._USED:
            self.assertTrue(hasattr(bus_rows.bus, name), name)

    def test_a_field_gives_its_cache(self):
        self.assertTrue(callable(fields.Field._get_cache))


class TestSwitch(BaseCase):
    """The fast path is on unless the configuration file says otherwise."""

    def parts(self, option):
        with patch.dict(config.options, {"callcenter_fastpath": option}):
            return {part for part in switch.PARTS if switch.is_on(part)}

    def test_all_parts_are_on_without_a_word_of_it(self):
        self.assertEqual(self.parts(None), switch.PARTS)
        self.assertEqual(self.parts("on"), switch.PARTS)

    def test_off_turns_all_off_and_names_leave_those_on(self):
        self.assertEqual(self.parts("off"), set())
        self.assertEqual(self.parts("rows, bus"), {"rows", "bus"})
