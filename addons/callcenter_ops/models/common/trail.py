from odoo import api, fields, models
from odoo.tools import SQL

# Whether the newest line of a record in this very transaction names a state: guards
# of other tables let a state move only then.
_TOLD = """
CREATE OR REPLACE FUNCTION callcenter_told(of_model text, of_id int, of_state text)
RETURNS boolean AS $told$
BEGIN
    RETURN COALESCE(of_state = (
        SELECT to_state FROM callcenter_trail
         WHERE model = of_model AND res_id = of_id AND to_state IS NOT NULL
           AND transaction_ref = txid_current()::text
      ORDER BY id DESC LIMIT 1), FALSE);
END
$told$ LANGUAGE plpgsql
"""
_INSERT = """
INSERT INTO callcenter_trail (
    model, res_id, company_id, from_state, to_state, text, sealed_day, sealed_leaf,
    user_id, moment, acting_for, transaction_ref,
    create_uid, create_date, write_uid, write_date)
SELECT line.*, %(user)s, %(now)s, %(acting)s, txid_current()::text,
       %(user)s, %(now)s, %(user)s, %(now)s
  FROM unnest(%(models)s::text[], %(ids)s::int[], %(companies)s::int[],
              %(from)s::text[], %(to)s::text[], %(texts)s::text[],
              %(days)s::date[], %(leaves)s::text[]) AS line
"""
_COLUMNS = ("models", "ids", "companies", "from", "to", "texts", "days", "leaves")


class Trail(models.Model):
    """Who moved what, when, and for whom: one line a step, never changed.

    The program writes it beside the step itself, in the same transaction; no right
    lets anybody write here. Chatters show the same words to people.
    """

    _name = "callcenter.trail"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Trail of records"
    _order = "id desc"
    _rec_name = "text"
    _log_access = True

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", required=True, readonly=True, index=False
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict"
    )
    moment = fields.Datetime(
        required=True, readonly=True, help="By the clock of the server."
    )
    from_state = fields.Char(string="From", readonly=True)
    to_state = fields.Char(string="To", readonly=True)
    text = fields.Text(readonly=True)
    acting_for = fields.Char(readonly=True)
    sealed_day = fields.Date(
        readonly=True, help="The sealed day of a row that was lawfully changed later."
    )
    sealed_leaf = fields.Char(
        string="Hash of the row as sealed", readonly=True, groups=fields.NO_ACCESS
    )
    transaction_ref = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)

    _record_idx = models.Index("(model, res_id, id)")
    _moment_idx = models.Index("(company_id, moment)")
    _excused_idx = models.Index("(model, sealed_day) WHERE sealed_day IS NOT NULL")

    def init(self):
        done = super().init()
        self.env.cr.execute(_TOLD)
        return done

    @api.model
    def _note_move(self, records, field, state):
        """One line for each record whose ``field`` is about to become ``state``."""
        self._insert_lines(
            (record, record[field] or None, state or None, None, None, None)
            for record in records
            if record[field] != state
        )

    @api.model
    def _note(self, records, text, to_state=None):
        """A line of words on each record."""
        self._insert_lines(
            (record, None, to_state, text, None, None) for record in records
        )

    @api.model
    def _note_excuse(self, record, text, day, leaf):
        """A row of a sealed day changes by right: what it was when it was sealed."""
        self._insert_lines([(record, None, None, text, day, leaf)])

    @api.model
    def _insert_lines(self, lines):
        """:param lines: ``(record, from, to, text, sealed day, sealed leaf)``"""
        rows = [
            (record._name, record.id, self._get_company(record).id, *rest)
            for record, *rest in lines
        ]
        if not rows:
            return
        columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        # SQL: one statement a step whatever the number of records, and nobody's right.
        self.env.cr.execute(
            SQL(
                _INSERT,
                user=self.env.uid,
                now=fields.Datetime.now(),
                acting=self._get_acting_for(),
                **columns,
            )
        )

    @api.model
    def _get_company(self, record):
        # sudo: whose company the record is decides who reads the line
        company = record.sudo().company_id if "company_id" in record._fields else None
        return company or self.env.company

    @api.model
    def _get_acting_for(self):
        """In whose place the user acts today; the room of substitutions knows."""
        return ""
