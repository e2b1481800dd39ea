"""What is final stays so in the database too, whoever reaches it past the program."""

from contextlib import contextmanager

from attacks.bare_rows import insert_bare_row
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError

# What of a final row may still change, by the word of its model; see the comments of
# each. Columns of papers are filled once: here they are empty, so they may be.
_PAPER = "paper_hash paper_kept_later paper_kept_on paper_pdf_hash paper_words"
FREE = {
    "callcenter.address.request": "",
    "callcenter.alert": "",
    "callcenter.bonus.sheet": _PAPER,
    "callcenter.clearance.override": "company_id",
    "callcenter.evaluation": "is_sealed reply",
    "callcenter.handover": f"{_PAPER} scan_filename scan_hash",
    "callcenter.job.description": f"date_to {_PAPER}",
    "callcenter.personnel.order": (
        "contract_id ended_on executed_on execution_error handed_over opened_user_id "
        "paper_date paper_hash paper_kept_later paper_kept_on paper_pdf_hash "
        "paper_refused paper_scan_hash paper_scan_name paper_witnesses paper_words "
        "previous_department_id previous_job_id previous_values"
    ),
    "callcenter.policy": f"date_to {_PAPER}",
    "callcenter.report.sheet": f"name {_PAPER}",
    "callcenter.stocktake": _PAPER,
    "callcenter.workstation.amendment": _PAPER,
    "callcenter.workstation.budget": (
        "amount_actual amount_first_month amount_monthly amount_one_time amount_total "
        f"currency_id deviation note {_PAPER} usage_percent user_id warned_percent"
    ),
}
# Models with a life and no guard of this kind, and what keeps them instead.
OTHERWISE = {
    "callcenter.acknowledgement": "a trigger of its own: acknowledgement_guard.py",
    "callcenter.alert.delivery": "a job; the alert is kept",
    "callcenter.quiz.attempt": "a trigger of its own: once closed, all but the mark",
    "callcenter.call.claim": "lives while the call does; the call is kept",
    "callcenter.campaign": "never final: a campaign that is done may run again",
    "callcenter.campaign.contact": "never final: its calls and refusals are kept",
    "callcenter.clearance": "follows from attempts and certificates, which are kept",
    "callcenter.data.import": "a job; what it made are records of their own",
    "callcenter.debt": "follows from its payments",
    "callcenter.enquiry": "never final: the client writes again; the answer is a call",
    "callcenter.followup": "settled by calls, which are kept",
    "callcenter.handover.print": "a job; the acts are kept",
    "callcenter.item.finding": "worked out anew each night; laid aside is not final",
    "callcenter.mastery": "no life: a number of the memory's model",
    "callcenter.operator.state": "intervals of a day; what they meant are the calls",
    "callcenter.order.visa": "the order at its signature holds the visas in its words",
    "callcenter.personnel.duty": "reminds; what was done is an order or a paper",
    "callcenter.promise": "follows from payments",
    "callcenter.question": "an attempt keeps every word that was asked",
    "callcenter.quiz": "never final: withdrawn and announced anew; attempts keep rules",
    "callcenter.rule.override": "once used, its call is kept and says so",
    "callcenter.scorecard": "an evaluation keeps its own points",
    "callcenter.training.course": "follows from its tasks",
    "callcenter.training.task": "follows from answers and papers, which are kept",
    "callcenter.workstation": "never final: people come and go",
    "callcenter.workstation.kit": "a budget and its paper keep the sums of the norm",
}
_VALUES = {
    "integer": "1",
    "numeric": "7",
    "double precision": "7",
    "boolean": "TRUE",
    "date": "'2020-02-02'",
    "timestamp without time zone": "'2020-02-02'",
    "jsonb": "'{\"a\": 1}'",
}
_MARKS = {"id", "state", "write_uid", "write_date", "message_main_attachment_id"}


@tagged("post_install", "-at_install")
class TestRowGuards(TransactionCase):
    def test_every_model_with_a_life_is_guarded_or_kept_otherwise(self):
        found = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("callcenter.")
            and "state" in model._fields
            and model._fields["state"].store
            and model._auto
            and not (model._abstract or model._transient)
        }
        self.assertEqual(sorted(found ^ {*FREE, *OTHERWISE}), [])

    def test_nothing_of_a_final_row_changes_but_what_is_named(self):
        for name in FREE:
            model = self.env[name]
            for state in self._get_final(model):
                with self._row(model, state) as row:
                    free = [
                        column
                        for column, value in self._get_columns(model)
                        if self._passes(model, row, column, value)
                    ]
                with self.subTest(model=name, state=state):
                    self.assertEqual(free, sorted(FREE[name].split()))

    def test_no_final_row_moves_past_its_method_or_goes(self):
        for name in FREE:
            model = self.env[name]
            states = model._fields["state"].get_values(self.env)
            for state in self._get_final(model):
                with self._row(model, state) as row:
                    moved = [
                        other
                        for other in states
                        if other != state and self._move(model, row, other)
                    ]
                    gone = self._run(SQL("DELETE FROM %s", self._of(model)), row)
                with self.subTest(model=name, state=state):
                    self.assertEqual((moved, gone), ([], False))

    def test_no_row_becomes_final_past_its_method(self):
        for name in FREE:
            model = self.env[name]
            final = self._get_final(model)
            for state in model._fields["state"].get_values(self.env):
                if state in final:
                    continue
                with self._row(model, state) as row:
                    moved = [other for other in final if self._move(model, row, other)]
                with self.subTest(model=name, state=state):
                    self.assertEqual(moved, [])

    def _get_final(self, model):
        """States in which the database keeps the row: an issued act still waits."""
        waiting = ("issued",) if model._name == "callcenter.handover" else ()
        return [state for state in model._frozen_states if state not in waiting]

    def _get_columns(self, model):
        """``(column, a value that it has not)`` of all columns."""
        rows = self.env.execute_query(
            SQL(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_name = %s ORDER BY column_name",
                model._table,
            )
        )
        return [
            (column, _VALUES.get(kind, "'forged'"))
            for column, kind in rows
            if column not in _MARKS
        ]

    @contextmanager
    def _row(self, model, state):
        """The id of a row in ``state`` with nothing else in it; gone afterwards."""
        savepoint = self.env.cr.savepoint()
        for [name] in self.env.execute_query(
            SQL(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass"
                " AND contype IN ('c', 'x')",
                model._table,
            )
        ):
            constraint = SQL.identifier(name)
            self.env.cr.execute(
                SQL("ALTER TABLE %s DROP CONSTRAINT %s", self._of(model), constraint)
            )
        yield insert_bare_row(model, state=state)
        savepoint.close(rollback=True)

    def _passes(self, model, row, column, value):
        column, value = SQL.identifier(column), SQL(value)
        update = SQL("UPDATE %s SET %s = %s", self._of(model), column, value)
        return self._run(update, row)

    def _move(self, model, row, state):
        return self._run(SQL("UPDATE %s SET state = %s", self._of(model), state), row)

    def _of(self, model):
        return SQL.identifier(model._table)

    def _run(self, statement, row):
        """Whether the database lets the statement touch the row; it is undone."""
        savepoint = self.env.cr.savepoint()
        try:
            with mute_logger("odoo.sql_db"):
                self.env.cr.execute(SQL("%s WHERE id = %s", statement, row))
            return True
        except IntegrityError as error:
            # A link to nobody is refused after the guard has let it pass.
            return "append-only" not in str(error) and "own methods" not in str(error)
        finally:
            savepoint.close(rollback=True)
