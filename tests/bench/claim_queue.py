"""A queue of many clients in twenty campaigns, for the benchmarks of calling."""

CAMPAIGNS = 20
ZONES = ["Asia/Yekaterinburg", "Europe/Moscow", "Asia/Omsk", "Asia/Vladivostok"]


MAKE_CLIENTS = """
INSERT INTO res_partner (name, complete_name, active, type, lang, phone,
       phone_sanitized, company_id, create_date, write_date, partner_share, color)
SELECT 'Bench client ' || i, 'Bench client ' || i, true, 'contact', 'en_US', p, p,
       NULL, now(), now(), true, 0
  FROM generate_series(1, %(count)s) i,
       LATERAL (SELECT '+7' || (3000000000 + i)::text AS p) n
"""
MAKE_QUEUE = """
INSERT INTO callcenter_campaign_contact (campaign_id, company_id, partner_id, phone,
       timezone, state, attempt_count, priority, create_date, write_date)
SELECT (%(campaigns)s::int[])[1 + mod(row_number() OVER (ORDER BY id), %(number)s)],
       %(company)s, id, phone_sanitized,
       (%(zones)s::text[])[1 + mod(id / %(number)s, %(zone_count)s)],
       'queued', 0, mod(id, 3), now(), now()
  FROM res_partner WHERE name LIKE 'Bench client %%'
"""
# All have agreed, and the lists of those who must not be called are long.
MAKE_RULES = """
INSERT INTO callcenter_consent (partner_id, company_id, kind, date, source,
       text_version, create_date, write_date)
SELECT id, %(company)s, 'advertising', now(), 'paper', '1', now(), now()
  FROM res_partner WHERE name LIKE 'Bench client %%';
INSERT INTO callcenter_stop_entry (phone_hash, company_id, reason, date, create_date,
       write_date)
SELECT encode(sha256(convert_to('bench' || i, 'UTF8')), 'hex'), %(company)s, 'bench',
       now(), now(), now()
  FROM generate_series(1, %(count)s / 50) i;
"""
DROP = """
DELETE FROM callcenter_call_claim WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_followup WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_call WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_operator_state WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_custody WHERE employee_id = %(employee)s;
DELETE FROM callcenter_workstation WHERE employee_id = %(employee)s;
DELETE FROM callcenter_campaign_contact WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_campaign WHERE id = ANY(%(campaigns)s);
ALTER TABLE callcenter_stop_entry DISABLE TRIGGER USER;
DELETE FROM callcenter_stop_entry WHERE reason = 'bench';
ALTER TABLE callcenter_stop_entry ENABLE TRIGGER USER;
ALTER TABLE callcenter_consent DISABLE TRIGGER USER;
DELETE FROM callcenter_consent WHERE partner_id IN (
       SELECT id FROM res_partner WHERE name LIKE 'Bench client %%');
ALTER TABLE callcenter_consent ENABLE TRIGGER USER;
ALTER TABLE res_partner DISABLE TRIGGER ALL;
DELETE FROM res_partner WHERE name LIKE 'Bench client %%';
ALTER TABLE res_partner ENABLE TRIGGER ALL;
"""


def registry(context):
    from odoo.modules.registry import Registry

    return Registry(context.database)


def environment(cr, uid=1):
    from odoo.api import Environment

    return Environment(cr, uid, {"allowed_company_ids": [1]})


def build_operator(env, login="bench_operator"):
    # No person works as fast as a bench: what is plausible is set higher for it.
    env.company.callcenter_pace = 1_000_000
    user = env["res.users"].create(
        {
            "name": login,
            "login": login,
            "password": login,
            "group_ids": [(4, env.ref("callcenter_ops.group_operator").id)],
        }
    )
    employee = env["hr.employee"].create({"name": login, "user_id": user.id})
    employee._transition({"callcenter_status": "appointed"})
    env["callcenter.workstation"].create({"name": login, "employee_id": employee.id})
    return employee


def build_campaigns(env):
    version = {
        "date_from": "2020-01-01",
        "workday_from": 0,
        "workday_to": 24,
        "dayoff_from": 0,
        "dayoff_to": 24,
        "consent_kind": "advertising",
        "spares_protected": True,
    }
    rules = env["callcenter.rule.set"].create(
        {
            "name": "Bench",
            "company_id": False,
            "for_informative": True,
            "version_ids": [(0, 0, version)],
        }
    )
    campaigns = env["callcenter.campaign"].create(
        [
            {"name": f"Bench {number}", "rule_set_id": rules.id, "priority": "2"}
            for number in range(CAMPAIGNS)
        ]
    )
    campaigns._transition({"state": "running"})
    campaigns.zones = ZONES
    return campaigns


class Queue:
    """A queue of ``count`` clients in twenty campaigns; gone when the block ends."""

    def __init__(self, context, count):
        self.context, self.count = context, count

    def __enter__(self):
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            employee = build_operator(env)
            self.employee_id, self.user_id = employee.id, employee.user_id.id
            self.campaign_ids = build_campaigns(env).ids
            env.flush_all()
            cr.execute(MAKE_CLIENTS, {"count": self.count})
            cr.execute(
                MAKE_QUEUE,
                {
                    "campaigns": self.campaign_ids,
                    "number": CAMPAIGNS,
                    "company": env.company.id,
                    "zones": ZONES,
                    "zone_count": len(ZONES),
                },
            )
            cr.execute(MAKE_RULES, {"company": env.company.id, "count": self.count})
        self.analyze()
        return self

    def __exit__(self, *error):
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            cr.execute(
                DROP,
                {"campaigns": self.campaign_ids, "employee": self.employee_id},
            )
            employee = env["hr.employee"].browse(self.employee_id)
            user = employee.user_id
            partner = user.partner_id
            employee._in_transition().unlink()
            user.unlink()
            partner.unlink()

    def analyze(self):
        with self.context.connection() as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE callcenter_campaign_contact")
                cursor.execute("ANALYZE res_partner")
                cursor.execute("ANALYZE callcenter_consent")
                cursor.execute("ANALYZE callcenter_stop_entry")
