"""Papers signed by older versions get their words, marked as those of the upgrade."""

from odoo import SUPERUSER_ID, api
from odoo.tools.misc import format_date

_BATCH = 500
# Signed papers of each model: (model, domain).
_SIGNED = (
    ("callcenter.personnel.order", [("state", "not in", ("draft", "submitted"))]),
    ("callcenter.job.description", [("state", "!=", "draft")]),
    ("callcenter.policy", [("state", "!=", "draft")]),
    (
        "callcenter.acknowledgement",
        ["|", ("signed_on", "!=", False), ("refused_on", "!=", False)],
    ),
    ("callcenter.handover", [("state", "in", ("issued", "done"))]),
    ("callcenter.stocktake", [("state", "=", "done")]),
    ("callcenter.workstation.budget", [("state", "!=", "draft")]),
    ("callcenter.workstation.amendment", [("state", "=", "approved")]),
    ("callcenter.report.sheet", [("state", "in", ("checked", "closed"))]),
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    keep_departments(cr)
    mark_signatures(cr)
    keep_words_of_signed_papers(env)


def keep_departments(cr):
    """The department of older signatures is the one that is known today."""
    cr.execute(
        """
        UPDATE callcenter_acknowledgement
           SET signed_department_id = department_id
         WHERE signed_department_id IS NULL
           AND (signed_on IS NOT NULL OR refused_on IS NOT NULL)
        """
    )


def mark_signatures(cr):
    """Until now every acknowledgement was signed by click."""
    cr.execute(
        """
        UPDATE callcenter_acknowledgement SET signed_way = 'click'
         WHERE signed_on IS NOT NULL AND signed_way IS NULL
        """
    )


def keep_words_of_signed_papers(env):
    """Keep the words of each signed paper from its record as it is now."""
    for name, domain in _SIGNED:
        model = env[name].with_context(active_test=False)
        records = model.search([*domain, ("paper_hash", "=", False)], order="id")
        for start in range(0, len(records), _BATCH):
            for record in records[start : start + _BATCH]:
                keep_words(record)
            env.flush_all()
            env.invalidate_all()


def keep_words(record):
    today = record.company_id._callcenter_today()
    day = format_date(record.env, today, date_format="dd.MM.yyyy")
    record._keep_paper(kept=f"Слова бумаги — по состоянию на дату обновления {day}.")
    record._transition({"paper_kept_later": True})
