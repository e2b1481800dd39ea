from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.row_guard import kept_or_emptied, same_client, unchanged

# What may still leave a call of a checked sheet, and links to what followed it.
_LOOSE = ("note", "phone")
_LINKS = ("activity_id", "contact_id", "lead_id", "partner_id")
_ON_CHECKED = (
    "EXISTS (SELECT 1 FROM callcenter_report_sheet s"
    " WHERE s.id = OLD.sheet_id AND s.state IN ('checked', 'closed'))"
)


class Call(models.Model):
    """Every call stands on its operator's sheet of that day, and freezes with it."""

    _name = "callcenter.call"
    _inherit = ["callcenter.call", "callcenter.row.guard.mixin"]

    # On a checked sheet clients are forgotten or merged, work that follows is linked.
    _guard_update = f"""
        IF NOT {_ON_CHECKED} OR ({unchanged((*_LINKS, *_LOOSE))}
                AND {kept_or_emptied(*_LOOSE)} AND {same_client()}) THEN
            RETURN NEW;
        END IF;
    """
    _guard_delete = f"IF NOT {_ON_CHECKED} THEN RETURN OLD; END IF;"

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

    @api.model_create_multi
    def create(self, vals_list):
        self._stay_on_sheets([vals for vals in vals_list if _is_correction(vals)])
        sheets = self._put_on_sheets(
            [vals for vals in vals_list if not _is_correction(vals)]
        )
        calls = super().create(vals_list)
        sheets._after_calls_added()
        return calls

    def write(self, vals):
        self._refuse_checked_sheets()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_checked(self):
        self._refuse_checked_sheets()

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

    @api.model
    def _stay_on_sheets(self, vals_list):
        """A correction stands on the sheet of the day it corrects, in any state."""
        originals = self.browse([vals["correction_of_id"] for vals in vals_list])
        for vals, original in zip(vals_list, originals, strict=True):
            vals["sheet_id"] = original.sheet_id.id

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

    # ----------------------------------------------------------------- corrections

    def _may_correct_own(self):
        """Until the report sheet is handed in, the operator puts a slip right."""
        if not self.env.user.has_group("callcenter_ops.group_operator"):
            return False
        # sudo: whether his own sheet is handed in, which he may read anyway
        sheet = self.sudo().sheet_id
        return self.is_in_force and sheet.state == "draft"

    def _check_corrector(self):
        result = super()._check_corrector()
        if not (self.user_id == self.env.user and self._may_correct_own()):
            self.sheet_id._check_supervisor()
        return result

    def _get_represented(self):
        return self.sheet_id._get_represented()

    def _note_correction(self, lines):
        body = super()._note_correction(lines)
        self.sheet_id._log_quietly(body)
        return body

    # --------------------------------------------------------------------- reading

    @api.model
    def _get_list_action(self, domain):
        """A window with the calls of ``domain``."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.call_action"
        )
        return action | {"domain": domain, "context": {"search_default_in_force": 1}}


def _is_correction(vals):
    return bool(vals.get("correction_of_id"))
