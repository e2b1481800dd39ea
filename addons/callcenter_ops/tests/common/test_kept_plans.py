from unittest.mock import Mock

from odoo.sql_db import db_connect
from odoo.tests import BaseCase, TransactionCase
from psycopg2.errors import DivisionByZero

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
        execute = "EXECUTE callcenter_0 (%(a)s, %(b)s)"
        self.assertEqual(
            sent,
            [
                "PREPARE callcenter_0 AS SELECT $1::int + $2::int + $1::int",
                execute,
                execute,
            ],
        )
