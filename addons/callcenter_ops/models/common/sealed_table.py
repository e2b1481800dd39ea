from dataclasses import dataclass

from odoo.tools import SQL

_ROWS = """
SELECT t.id,
       encode(sha256(convert_to(jsonb_build_array(%(version)s, t.id, {columns})::text
           || encode(sha256(convert_to(%(pepper)s
               || jsonb_build_array(t.id, {personal})::text, 'UTF8')), 'hex'),
           'UTF8')), 'hex') AS leaf,
       {moment} AS moment, {company} AS company_id
  FROM {source}
 WHERE {moment} IS NOT NULL AND {where}
"""


@dataclass(frozen=True)
class SealedTable:
    """What of a table enters the seals: columns that nothing lawful changes later.

    Texts are SQL of the product itself over ``t``, a row of the table. Columns of
    persons enter as a digest with the database's secret, so that a seal gives nothing
    away and stays when they are erased.

    :param model: name of the model, under which seals and excuses stand
    :param moment: when the row came to stay, by the clock of the server
    """

    model: str
    source: str
    moment: str
    columns: tuple
    personal: tuple = ("NULL",)
    company: str = "t.company_id"
    where: str = "TRUE"
    version: int = 1

    def read_leaves(self, env, company, start, end):
        """``{row id: hash}`` of a company's rows from ``start`` or ever to ``end``."""
        condition = SQL("s.company_id = %s AND s.moment < %s", company.id, end)
        if start:
            condition = SQL("%s AND s.moment >= %s", condition, start)
        return {row[0]: row[1] for row in self._read(env, condition)}

    def read_rows(self, env, ids):
        """``[(id, hash, moment, company id)]`` of single rows."""
        return self._read(env, SQL("s.id = ANY(%s)", list(ids)))

    def _read(self, env, condition):
        text = _ROWS.format(
            columns=", ".join(self.columns),
            personal=", ".join(self.personal),
            moment=self.moment,
            company=self.company,
            source=self.source,
            where=self.where,
        )
        pepper = env["ir.config_parameter"]._get_callcenter_pepper()
        rows = SQL(text, version=self.version, pepper=pepper)
        env.flush_all()
        env.cr.execute(SQL("SELECT * FROM (%s) AS s WHERE %s", rows, condition))
        return env.cr.fetchall()
