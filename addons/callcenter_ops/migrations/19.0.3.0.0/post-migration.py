"""Steps to version 3 after the tables have their new columns."""

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
_ACT_PREFIXES = {
    "callcenter.handover.handover": ("HA-%(range_year)s/", "АП-%(range_year)s/"),
    "callcenter.handover.return": ("RA-%(range_year)s/", "АВ-%(range_year)s/"),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    mend_ground_of_probation(cr)
    rename_acts(cr)
    leave_old_terms_alone(cr)
    remember_who_left(cr)
    enter_contracts(env)
    make_coming_duties(env)
    keep_departments(cr)
    mark_signatures(cr)
    keep_words_of_signed_papers(env)
    hash_evidence(env)
    mark_suppliers(cr)


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


def hash_evidence(env):
    """Files that were kept before keep their hash from now on.

    A line on the trail could not be had for what was done before: it starts empty, and
    older steps stay in the chatters.
    """
    for name, model in env.registry.items():
        if model._abstract or not hasattr(model, "_keep_evidence_hashes"):
            continue
        env[name]._keep_evidence_hashes()


def mark_suppliers(cr):
    """Whom HR and the Director name as a supplier already, they go on seeing."""
    cr.execute(
        """
        UPDATE res_partner SET callcenter_is_supplier = TRUE
         WHERE id IN (SELECT supplier_id FROM callcenter_cost_item
                      UNION SELECT supplier_id FROM callcenter_workstation_actual
                      UNION SELECT provider_id FROM callcenter_phone_package)
        """
    )


def mend_ground_of_probation(cr):
    """Own wish during the probation: the probation gives the notice, not the ground."""
    cr.execute(
        """
        UPDATE callcenter_dismissal_ground SET article = 'п. 3 ч. 1 ст. 77 ТК РФ'
         WHERE code = '71-4' AND article = 'ч. 4 ст. 71 ТК РФ'
        """
    )


def rename_acts(cr):
    """Acts issued from now on; those that were issued keep their numbers."""
    for code, (old, new) in _ACT_PREFIXES.items():
        cr.execute(
            "UPDATE ir_sequence SET prefix = %s WHERE code = %s AND prefix = %s",
            [new, code, old],
        )


def leave_old_terms_alone(cr):
    """A term that ended long ago moves nobody now: HR decides by an order."""
    cr.execute(
        """
        UPDATE callcenter_personnel_order SET ended_on = date_end
         WHERE state = 'executed' AND order_type IN ('transfer', 'acting')
           AND date_end < CURRENT_DATE AND ended_on IS NULL
        """
    )


def remember_who_left(cr):
    """The last working day of the last executed dismissal of each person."""
    cr.execute(
        """
        UPDATE hr_employee AS person SET callcenter_left_on = last.day
          FROM (SELECT employee_id, max(date_effective) AS day
                  FROM callcenter_personnel_order
                 WHERE order_type = 'dismissal' AND state = 'executed'
              GROUP BY employee_id) AS last
         WHERE last.employee_id = person.id AND person.callcenter_left_on IS NULL
        """
    )


def enter_contracts(env):
    """The papers that signed orders name by number and date."""
    orders = env["callcenter.personnel.order"].search(
        [
            ("state", "in", ("signed", "executed")),
            ("contract_number", "!=", False),
            ("contract_id", "=", False),
        ],
        order="date_effective, id",
    )
    for order in orders:
        order._enter_contract()


def make_coming_duties(env):
    """What orders in force make due from today on; what is past is past."""
    today = env["res.company"].search([], limit=1)._callcenter_today()
    orders = env["callcenter.personnel.order"].search(
        [
            ("state", "in", ("signed", "executed")),
            ("duty_ids", "=", False),
            ("employee_id.callcenter_status", "=", "appointed"),
        ]
    )
    for order in orders:
        duties = env["callcenter.personnel.duty"]._make_for(order)
        duties.filtered(lambda duty: duty.date_last < today).unlink()
