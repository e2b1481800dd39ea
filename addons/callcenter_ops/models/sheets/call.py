from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# A change of any of these moves the daily figures.
_COUNTED_FIELDS = {
    "company_id",
    "started_at",
    "timezone",
    "employee_id",
    "department_id",
    "campaign_id",
    "direction",
    "channel",
    "state_id",
    "federal_district",
    "disposition_id",
    "technical_status",
    "refusal_reason_id",
    "is_contact",
    "is_target",
    "is_sale",
    "lead_id",
    "callback_at",
    "expected_revenue",
    "talk_seconds",
    "wrap_seconds",
    "product_ids",
}


class Call(models.Model):
    _inherit = "callcenter.call"

    sheet_id = fields.Many2one(
        "callcenter.report.sheet",
        string="Report sheet",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    sheet_state = fields.Selection(
        related="sheet_id.state", string="State of the sheet"
    )

    # What came of the calls of a period, read from the index alone.
    _lead_started_idx = models.Index(
        "(lead_id, started_at) INCLUDE (company_id, department_id, campaign_id)"
        " WHERE lead_id IS NOT NULL"
    )

    client_hour = fields.Integer(
        string="Hour of the client",
        compute="_compute_client_hour",
        search="_search_client_hour",
        help="The hour on the client's clock when the call began.",
    )

    is_won = fields.Boolean(
        string="Won",
        compute="_compute_is_won",
        compute_sudo=True,
        search="_search_is_won",
        help="The opportunity of the call is won.",
    )

    @api.depends("lead_id.won_status")
    def _compute_is_won(self):
        for call in self:
            call.is_won = call.lead_id.won_status == "won"

    @api.model
    def _search_is_won(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: which calls were won may be known to those who may not open the sales
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        won = Domain("lead_id", "in", leads._search([("won_status", "=", "won")]))
        return won if True in value else ~won

    @api.depends("started_at", "timezone", "company_id")
    def _compute_client_hour(self):
        for call in self:
            zone = call.timezone or call.company_id._get_callcenter_setting(
                "callcenter_tz"
            )
            call.client_hour = (
                call.started_at
                and call.started_at.replace(tzinfo=timezone.utc)
                .astimezone(ZoneInfo(zone))
                .hour
            )

    @api.model
    def _search_client_hour(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN %s", self._get_client_hour_sql(alias), tuple(value)
            )
        )

    @api.model
    def _get_client_hour_sql(self, alias):
        return SQL(
            """
            EXTRACT(hour FROM %(started_at)s AT TIME ZONE 'UTC' AT TIME ZONE
                COALESCE(NULLIF(%(zone)s, ''),
                    (SELECT callcenter_tz FROM res_company
                      WHERE res_company.id = %(company)s)))::int
            """,
            started_at=SQL.identifier(alias, "started_at"),
            zone=SQL.identifier(alias, "timezone"),
            company=SQL.identifier(alias, "company_id"),
        )

    @api.model_create_multi
    def create(self, vals_list):
        if vals_list and all(vals.get("correction_of_id") for vals in vals_list):
            self._replace_corrected(vals_list)
            return super().create(vals_list)._book()
        sheets = self._put_on_sheets(vals_list)
        calls = super().create(vals_list)
        sheets._after_calls_added()
        return calls._book()

    @api.model
    def _insert_call(self, vals):
        sheet = self._put_on_sheets([vals])
        call = super()._insert_call(vals)
        sheet._after_calls_added()
        return call._book()

    @api.model
    def _put_on_sheets(self, vals_list):
        """Note in ``vals_list`` the sheet of each call to be made; all the sheets."""
        # sudo: operators own no right to make sheets; a call always has one
        sheets = self.env["callcenter.report.sheet"].sudo()
        sheet_of = self._get_sheets(sheets, vals_list)
        for vals, sheet in zip(vals_list, sheet_of, strict=True):
            vals["sheet_id"] = sheet.id
        return sheets.union(*sheet_of)

    @api.model
    def _replace_corrected(self, vals_list):
        """Take the corrected records out of the figures, for what comes now.

        A correction stands on the sheet of the day it corrects, whatever its state.
        """
        originals = self.browse([vals["correction_of_id"] for vals in vals_list])
        for vals, original in zip(vals_list, originals, strict=True):
            vals["sheet_id"] = original.sheet_id.id
        self._get_stats()._add_calls(originals.ids, sign=-1)

    def _book(self):
        """Count the new calls and tell the wallboard; the calls come back."""
        self._get_stats()._add_calls(self.ids, has_goods=bool(self.product_ids))
        self.env["callcenter.wallboard"]._announce_calls(self)
        return self

    def write(self, vals):
        self._refuse_checked_sheets()
        if not _COUNTED_FIELDS & set(vals):
            return super().write(vals)
        stats = self._get_stats()
        stats._add_calls(self.ids, sign=-1)
        result = super().write(vals)
        stats._add_calls(self.ids)
        return result

    def unlink(self):
        self._get_stats()._add_calls(self.ids, sign=-1)
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_checked(self):
        self._refuse_checked_sheets()

    @api.model
    def _get_stats(self):
        # sudo: nobody but the calls themselves writes the figures
        return self.env["callcenter.call.stat"].sudo()

    @api.model
    def _get_list_action(self, domain):
        """A window with the calls of ``domain``."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.call_action"
        )
        return action | {"domain": domain, "context": {"search_default_in_force": 1}}

    @api.model
    def _get_sheets(self, sheets, vals_list):
        """The sheet of each call to be made: the operator's, on the call's day."""
        zones = self._get_zones(vals_list)
        keys = [
            (vals["employee_id"], self._get_local_day(vals, zones))
            for vals in vals_list
        ]
        found = sheets._ensure(keys)
        closed = {key for key in keys if found[key].state == "closed"}
        if closed:
            today = {
                key: (key[0], found[key].company_id._callcenter_today())
                for key in closed
            }
            late = sheets._ensure(list(today.values()))
            found |= {key: late[today[key]] for key in closed}
        return [found[key] for key in keys]

    @api.model
    def _get_zones(self, vals_list):
        ids = {vals["employee_id"] for vals in vals_list}
        # sudo: operators cannot read hr.employee
        employees = self.env["hr.employee"].sudo().browse(ids)
        return {
            employee.id: ZoneInfo(
                employee.company_id._get_callcenter_setting("callcenter_tz")
            )
            for employee in employees
        }

    @api.model
    def _get_local_day(self, vals, zones):
        moment = fields.Datetime.to_datetime(vals["started_at"])
        local = moment.replace(tzinfo=timezone.utc).astimezone(
            zones[vals["employee_id"]]
        )
        return local.date()

    def action_evaluate(self):
        """Judge this call by the scorecard in force; the evaluation opens."""
        self.ensure_one()
        evaluations = self.env["callcenter.evaluation"]
        evaluations._check_evaluator()
        self.check_access("read")
        evaluation = evaluations.search(
            [("call_id", "=", self.id), ("state", "!=", "annulled")], limit=1
        ) or evaluations._plan(self, self._get_scorecard())
        return {
            "type": "ir.actions.act_window",
            "res_model": evaluation._name,
            "res_id": evaluation.id,
            "views": [(False, "form")],
        }

    def _get_scorecard(self):
        card = self.env["callcenter.scorecard"].search(
            [("state", "=", "approved"), ("company_id", "=", self.company_id.id)],
            limit=1,
        )
        if not card:
            raise UserError(
                self.env._("No scorecard is in force: approve one under Quality.")
            )
        return card

    def _refuse_checked_sheets(self):
        if self._is_unlocked():
            return
        frozen = self.filtered(lambda call: call.sheet_state in ("checked", "closed"))
        if frozen:
            raise UserError(
                self.env._(
                    "The report sheet %(sheet)s is checked, so its calls do not "
                    "change any more. Correct the call by a correction record.",
                    sheet=frozen[0].sheet_id.name,
                )
            )

    def _check_corrector(self):
        result = super()._check_corrector()
        self.sheet_id._check_supervisor()
        return result

    def _get_represented(self):
        return self.sheet_id._get_represented()

    def _note_correction(self, lines):
        body = super()._note_correction(lines)
        author = self.correction_user_id.partner_id.id
        self.sheet_id._message_log(body=body, author_id=author)
        return body
