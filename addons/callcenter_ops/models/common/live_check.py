import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tools import SQL, config

from .chain_verifier import ChainVerifier

_POWERFUL = ("base.group_system", "base.group_erp_manager")
_PAPERS = "callcenter.signed.paper.mixin"
_RIGHTS = ("perm_read", "perm_write", "perm_create", "perm_unlink")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a live database and what to do about it, in plain English.

    :param code: by which tests and scripts know the kind
    """

    code: str
    text: str
    advice: str

    def __str__(self):
        return f"{self.code}: {self.text}\n    -> {self.advice}"


class LiveCheck:
    """Looks at a running database for what should never be.

    Reads only. ``bin/check`` prints what it finds; rooms add theirs by
    ``res.company._find_callcenter_faults``.

    :param env: of the superuser
    """

    def __init__(self, env):
        self.env = env(su=True)

    def find_faults(self):
        """List of ``Fault``; empty for a healthy database."""
        checks = (
            self._check_chain,
            self._check_guards,
            self._check_files,
            self._check_papers,
            self._check_trail,
            self._check_orphans,
            self._check_rights,
            self._check_rules,
            self._check_roles,
            self._check_actions,
            self._check_sign_up,
            self._check_settings,
            self._check_passwords,
        )
        faults = [fault for check in checks for fault in check()]
        return faults + self.env["res.company"]._find_callcenter_faults()

    def report(self, write=print):
        """Print the faults; 1 if there are any, else 0, as a shell wants it."""
        faults = self.find_faults()
        for fault in faults:
            write(fault)
        return 1 if faults else 0

    # -- what the database itself should hold --

    def _check_chain(self):
        for seal, what in ChainVerifier(self.env).find_faults():
            yield Fault(
                "chain",
                f"{seal.model}, {seal.day}, company {seal.company_id.id}: {what}",
                "Compare the seals with those in the Director's mail and the server's "
                "log; restore a backup of that day beside this database and compare.",
            )
        lines = self.env["callcenter.trail"]
        excused = lines.search_count([("sealed_day", "!=", False)])
        signed = lines.search_count([("sealed_day", "!=", False), ("text", "=", False)])
        if signed:
            yield Fault(
                "excuse",
                f"{signed} of {excused} changes of sealed rows name no right",
                "Read them under Signatures and actions, Trail, and ask who made them.",
            )

    def _check_guards(self):
        """Triggers that were dropped or switched off."""
        for table in self._get_guarded_tables():
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
                    " AND NOT tgisinternal AND tgenabled IN ('O', 'A')",
                    table,
                )
            )
            if self.env.cr.fetchone()[0] < 2:
                yield Fault(
                    "guard",
                    f"the table {table} has lost its triggers",
                    "Upgrade the addons (odoo -u callcenter_ops), then check again.",
                )

    def _get_guarded_tables(self):
        mixin = self.env.registry["callcenter.row.guard.mixin"]
        return {
            "callcenter_acknowledgement",
            *(
                model._table
                for model in self.env.registry.values()
                if issubclass(model, mixin) and not model._abstract
            ),
        }

    def _check_files(self):
        """Files of evidence against the hashes that their records keep."""
        for name, model in self.env.registry.items():
            if model._abstract:
                continue
            fields = getattr(model, "_evidence_fields", {})
            links = getattr(model, "_evidence_links", {})
            for source, kept in (fields | links).items():
                yield from self._check_field(name, source, kept)

    def _check_field(self, name, source, kept):
        records = self.env[name].with_context(active_test=False)
        for record in records.search([(kept, "!=", False)]):
            file = records._get_evidence(record, source)
            if hashlib.sha256(file.raw or b"").hexdigest() != record[kept]:
                yield Fault(
                    "file",
                    f"the file {source} of {name} {record.id} is not the one kept",
                    "Put back the file from a backup and find out who replaced it.",
                )

    def _check_papers(self):
        """Signed papers, their words and PDF, against the hashes kept with them."""
        for name in self.env.registry.descendants([_PAPERS], "_inherit"):
            model = self.env[name]
            if model._abstract:
                continue
            kept = model.with_context(active_test=False)
            for record in kept.search([("paper_hash", "!=", False)]):
                if not record._verify_paper():
                    yield Fault(
                        "paper",
                        f"the signed paper of {name} {record.id} is not the one kept",
                        "Put back words and PDF from a backup, find out who changed it",
                    )

    def _check_trail(self):
        """Frozen records, younger than the trail, that no line brought there."""
        for name, model in self.env.registry.items():
            if "state" not in model._fields or not getattr(model, "_guard_update", ""):
                continue
            states = getattr(model, "_frozen_states", ())
            ids = self._find_untold(name, model._table, states) if states else []
            if ids:
                yield Fault(
                    "untold",
                    f"{name}: records {ids[:10]} stand in a state that no step led to",
                    "They were written past the program: compare with a backup.",
                )

    def _find_untold(self, name, table, states):
        self.env.cr.execute(
            SQL(
                """SELECT r.id FROM %s r
                    WHERE r.state IN %s
                      AND r.create_date > (SELECT min(moment) FROM callcenter_trail)
                      AND NOT EXISTS (SELECT 1 FROM callcenter_trail t
                           WHERE t.model = %s AND t.res_id = r.id
                             AND t.to_state = r.state)
                 ORDER BY r.id""",
                SQL.identifier(table),
                tuple(states),
                name,
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _check_orphans(self):
        """Files whose record is gone."""
        self.env.cr.execute(
            "SELECT DISTINCT res_model FROM ir_attachment"
            " WHERE res_model LIKE 'callcenter.%' AND res_id <> 0"
        )
        for (name,) in self.env.cr.fetchall():
            files = self.env["ir.attachment"].search(
                [("res_model", "=", name), ("res_id", "!=", 0), ("id", "!=", False)]
            )
            ids = set(files.mapped("res_id"))
            there = name in self.env.registry and self.env[name].browse(ids).exists()
            if lost := ids - set(there.ids if there else ()):
                yield Fault(
                    "orphan",
                    f"files of {len(lost)} records of {name} that are gone",
                    "Somebody deleted records past the program: compare with a backup.",
                )

    # -- who may do what --

    def _check_rights(self):
        """Access rows of our models that are not as delivered."""
        delivered = self._read_delivered_rights()
        rows = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "callcenter.%"), ("active", "=", True)]
        )
        names = rows._get_external_ids()
        for row in rows:
            known = [delivered[name] for name in names[row.id] if name in delivered]
            rights = tuple(row[right] for right in _RIGHTS)
            if not known or any(
                now and not then for now, then in zip(rights, known[0], strict=True)
            ):
                yield Fault(
                    "rights",
                    f"the access row {row.name} gives more than was delivered",
                    "Delete it, or upgrade the addons to have it as delivered.",
                )

    def _read_delivered_rights(self):
        """``{external id: (read, write, create, unlink)}`` of the installed addons."""
        rights = {}
        for module in self._get_own_modules():
            for path in Path(get_module_path(module)).rglob("ir.model.access.csv"):
                with path.open(encoding="utf-8", newline="") as stream:
                    for row in csv.DictReader(stream):
                        values = tuple(row[right] == "1" for right in _RIGHTS)
                        rights[f"{module}.{row['id']}"] = values
        return rights

    def _get_own_modules(self):
        modules = self.env["ir.module.module"].search(
            [("name", "=like", "callcenter%"), ("state", "=", "installed")]
        )
        return modules.mapped("name")

    def _check_rules(self):
        own = self.env["ir.model.data"].search(
            [("module", "in", self._get_own_modules()), ("model", "=", "ir.rule")]
        )
        rules = self.env["ir.rule"].with_context(active_test=False)
        for rule in rules.search([("id", "in", own.mapped("res_id"))]):
            if not rule.active:
                yield Fault(
                    "rule",
                    f"the record rule {rule.name} is switched off",
                    "Switch it on under Settings, Technical, Record rules.",
                )

    def _check_roles(self):
        """Roles of ours that came to imply the rights of an administrator."""
        data = self.env["ir.model.data"].search(
            [("module", "in", self._get_own_modules()), ("model", "=", "res.groups")]
        )
        powerful = self.env["res.groups"].union(*map(self.env.ref, _POWERFUL))
        for group in self.env["res.groups"].browse(data.mapped("res_id")).exists():
            more = group.all_implied_ids & powerful
            if more:
                yield Fault(
                    "role",
                    f"the role {group.name} implies {', '.join(more.mapped('name'))}",
                    "Take the implied group out of the role.",
                )

    def _check_actions(self):
        for action in self.env["ir.actions.server"].search([]):  # few by nature
            fault = action._get_evidence_fault()
            if fault:
                yield Fault(
                    "action",
                    f"the server action {action.id} {action.name} is refused: {fault}",
                    "Delete it: it was written past the program.",
                )

    # -- how the server is set up --

    def _check_sign_up(self):
        scope = self.env["ir.config_parameter"].get_param(
            "auth_signup.invitation_scope"
        )
        if scope == "b2c":
            yield Fault(
                "sign-up",
                "anybody can open an account of his own",
                "Settings, Customer account: on invitation.",
            )

    def _check_settings(self):
        if config["list_db"]:
            yield Fault(
                "list_db",
                "the server offers its databases to everybody",
                "Set list_db = False in the configuration of the server.",
            )
        if config.verify_admin_password("admin"):
            yield Fault(
                "admin_passwd",
                "the master password of the server is the default one",
                "Set admin_passwd in the configuration of the server.",
            )
        if config["dev_mode"]:
            yield Fault(
                "dev_mode",
                "the server runs in developer mode",
                "Start it without --dev.",
            )

    def _check_passwords(self):
        """People who can sign in with a password that everybody tries first."""
        context = self.env["res.users"]._crypt_context()
        self.env.cr.execute(
            "SELECT login, password FROM res_users"
            " WHERE active AND password IS NOT NULL AND login = 'admin'"
        )
        for login, kept in self.env.cr.fetchall():
            if kept and context.verify(login, kept):
                yield Fault(
                    "password",
                    f"the password of {login} is {login}",
                    "Give him a long one, and a second factor.",
                )
