"""The company of the simulated desks, their sessions, and the books afterwards."""

CLIENTS_EACH = 40
SESSIONS_EACH = 8
_MAKE_CLIENTS = """
INSERT INTO res_partner (name, complete_name, active, type, lang, phone,
       phone_sanitized, callcenter_tz, create_date, write_date, partner_share, color)
SELECT 'Fault client ' || i, 'Fault client ' || i, true, 'contact', 'en_US', p, p,
       'Asia/Yekaterinburg', now(), now(), true, 0
  FROM generate_series(1, %s) i,
       LATERAL (SELECT '+7343' || (1000000 + i / 2)::text AS p) n
"""
# Each question, and the number of rows that break it.
_CHECKS = {
    "a claim left two calls": """
        SELECT count(*) - count(DISTINCT claim_ref) FROM callcenter_call""",
    "a contact has more calls than attempts": """
        SELECT count(*) FROM callcenter_campaign_contact c
         WHERE COALESCE(attempt_count, 0) < (
               SELECT count(*) FROM callcenter_call m WHERE m.contact_id = c.id)""",
    # A client whom a silent desk only looked at has lost an attempt without a call.
    "attempts are neither calls nor previews that lapsed": """
        SELECT (SELECT COALESCE(sum(attempt_count), 0)
                  FROM callcenter_campaign_contact)
             - (SELECT count(*) FROM callcenter_call WHERE contact_id IS NOT NULL)
             - (SELECT count(*) FROM (
                    SELECT state, reason, lag(state) OVER (
                               PARTITION BY employee_id ORDER BY started_at, id) AS was
                      FROM callcenter_operator_state) s
                 WHERE state = 'offline' AND reason = 'lease' AND was = 'preview')""",
    "a number was in two calls at a time": """
        SELECT count(*) FROM (
            SELECT started_at < lag(ended_at) OVER (
                       PARTITION BY phone ORDER BY started_at, id) AS is_double
              FROM callcenter_call) m WHERE is_double""",
    "claimed contacts are not the live claims": """
        SELECT (SELECT count(*) FROM callcenter_campaign_contact
                 WHERE state = 'claimed')
             - (SELECT count(*) FROM callcenter_call_claim)""",
    "an operator has two states": """
        SELECT count(*) FROM (
            SELECT FROM callcenter_operator_state WHERE ended_at IS NULL
             GROUP BY employee_id HAVING count(*) > 1) s""",
    "daily figures are not the calls": """
        SELECT (SELECT COALESCE(sum(attempts), 0) FROM callcenter_call_stat
                 WHERE facet = 'operator') - (SELECT count(*) FROM callcenter_call)""",
    "a call is on no sheet": """
        SELECT count(*) FROM callcenter_call WHERE sheet_id IS NULL""",
}


def _cursor(database):
    from odoo.modules.registry import Registry
    from odoo.tools import config

    if not config.get("db_name"):
        config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    return Registry(database).cursor()


def _environment(cr, uid=1):
    from odoo.api import Environment

    return Environment(cr, uid, {})


def prepare(database, operators):
    """Campaigns, operators and their sessions: ``{user id: [session ids]}``."""
    with _cursor(database) as cr:
        env = _environment(cr)
        # Simulated desks are faster than people: what is plausible is set higher.
        env["res.company"].search([]).callcenter_pace = 1_000_000
        env["callcenter.campaign"].search([("state", "=", "running")])._transition(
            {"state": "paused"}
        )
        users = _build_operators(env, operators)
        cr.execute(_MAKE_CLIENTS, [operators * CLIENTS_EACH])
        for number in range(3):
            _build_campaign(env, number)
        env.flush_all()
        return {user.id: _build_sessions(env, user) for user in users}


def _build_operators(env, operators):
    groups = env.ref("callcenter_ops.group_operator").ids
    users = env["res.users"].create(
        [
            {"name": f"Desk {n}", "login": f"desk_{n}", "group_ids": [(6, 0, groups)]}
            for n in range(operators)
        ]
    )
    employees = env["hr.employee"].create(
        [{"name": user.name, "user_id": user.id} for user in users]
    )
    employees._transition({"callcenter_status": "appointed"})
    return users


def _build_campaign(env, number):
    """A campaign with all clients; every second one shares his number."""
    version = {"date_from": "2020-01-01", "workday_from": 0, "workday_to": 24}
    free = {"dayoff_from": 0, "dayoff_to": 24, "limit_day": 0, "limit_week": 0}
    version |= free | {"limit_month": 0, "max_attempts": 0, "retry_minutes": 1}
    rules = env["callcenter.rule.set"].create(
        {
            "name": f"Fault {number}",
            "for_informative": True,
            "version_ids": [(0, 0, version)],
        }
    )
    campaign = env["callcenter.campaign"].create(
        {
            "name": f"Fault {number}",
            "rule_set_id": rules.id,
            "partner_domain": "[('name', 'like', 'Fault client')]",
        }
    )
    campaign.action_load_contacts()
    while campaign.load_state == "loading":
        campaign._load_batch(20_000)
    campaign.action_start()


def _build_sessions(env, user):
    import odoo.http
    from odoo.service import security

    store = odoo.http.root.session_store
    made = []
    for _session in range(SESSIONS_EACH):
        session = store.new()
        session.update(odoo.http.get_default_session(), db=env.cr.dbname)
        session.update(uid=user.id, login=user.login, _trace_disable=True)
        session.context = {"lang": "en_US", "uid": user.id}
        own = _environment(env.cr, user.id)
        session.session_token = security.compute_session_token(session, own)
        store.save(session)
        made.append(session.sid)
    return made


def check(database, saved):
    """What does not balance, in words."""
    from odoo.sql_db import close_all

    close_all()  # the connections of before the crash
    faults = []
    with _cursor(database) as cr:
        for fault, query in _CHECKS.items():
            cr.execute(query)
            [[number]] = cr.fetchall()
            if number:
                faults.append(f"{fault}: {number}")
        cr.execute("SELECT claim_ref, id FROM callcenter_call")
        calls = set(cr.fetchall())
        print(f"calls stored: {len(calls)}")
    if set(saved) - calls:
        faults.append(f"acknowledged but not stored: {len(set(saved) - calls)}")
    if len(calls) - len(set(saved)):
        faults.append(f"stored, never acknowledged: {len(calls) - len(set(saved))}")
    return faults
