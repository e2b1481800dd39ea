"""Piped into ``odoo shell`` before and after an upgrade: what must stay the same.

One line a fact, beginning with ``snapshot``. Written for every version since the
first, so it names only what the contract names.
"""

import re
from html import unescape

# Caches, kept figures' own rows and what only one version has.
_PASSING = {
    "callcenter_call_claim",
    "callcenter_key_lock",
    "callcenter_data_import_column",
    "callcenter_workstation_settings",
}
# What went to a bridge is there where its app is.
_IN_BRIDGES = {"callcenter.leave.proposal", "callcenter.data.import.column"}
_ROLES = ("operator", "supervisor", "hr", "director", "manager")


def say(*words):
    print("snapshot", *words)


def count_records(env):
    env.cr.execute(
        """
        SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
         WHERE relkind = 'r' AND nspname = 'public'
           AND (relname LIKE 'callcenter%' OR relname IN (
               'res_partner', 'res_users', 'hr_employee', 'hr_version', 'crm_lead',
               'mail_message', 'ir_attachment', 'mail_activity', 'ir_cron'))
         ORDER BY 1
        """
    )
    transient = {
        env[name]._table for name in env.registry if env[name]._transient
    } | _PASSING
    for (table,) in env.cr.fetchall():
        if table in transient or table == "ir_attachment":
            continue
        env.cr.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        say("rows", table, env.cr.fetchone()[0])


def sum_figures(env):
    env.cr.execute(
        """
        SELECT facet, sum(attempts), sum(contacts), sum(targets), sum(sales),
               sum(talk_seconds) FROM callcenter_call_stat GROUP BY facet
        """
    )
    for row in env.cr.fetchall():
        say("figures", *row)


def list_rights(env):
    """Who is what, and how many records of each model each role reads."""
    models = sorted(
        name
        for name in env.registry
        if name.startswith("callcenter.")
        and env[name]._auto
        and not env[name]._transient
        and not env[name]._abstract
        and name not in _IN_BRIDGES
    )
    for role in _ROLES:
        users = env.ref(f"callcenter_ops.group_{role}").all_user_ids.sorted("login")
        say("role", role, *users.mapped("login"))
        for user in users[:1]:
            for name in models:
                records = env[name].with_user(user)
                count = records.search_count([]) if records.has_access("read") else "-"
                say("reads", role, name, count)


def print_orders(env):
    """The words of the signed orders' papers."""
    reports = env["ir.actions.report"].search(
        [("model", "=", "callcenter.personnel.order")], limit=1
    )
    orders = env["callcenter.personnel.order"].search([("number", ">", 0)], order="id")
    hr = env.ref("callcenter_ops.group_hr").all_user_ids.sorted("login")[:1]
    for order in orders[:5]:
        html, _kind = (
            env["ir.actions.report"]
            .with_user(hr)
            ._render_qweb_html(reports.report_name, order.ids)
        )
        text = unescape(re.sub(r"<[^>]+>", " ", html.decode()))
        say("paper", order.id, *sorted(set(re.findall(r"[А-Яа-яЁё\d]+", text))))


def name_texts(env):
    for lang in ("en_US", "ru_RU"):
        groups = env["res.groups"].with_context(lang=lang)
        for role in _ROLES:
            name = groups.browse(env.ref(f"callcenter_ops.group_{role}").id).name
            say("name", lang, role, name)


env = env(context={"lang": "ru_RU"})  # noqa: F821  (the shell's own)
for look in (count_records, sum_figures, list_rights, print_orders, name_texts):
    look(env)
