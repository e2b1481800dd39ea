from collections import namedtuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ...tools.calling.attempt_limits import EARLIEST, LONGEST, fits_between
from ...tools.calling.call_rules import Verdict
from ...tools.calling.contact_kind import KINDS, LETTER, channels_of, written_terms
from ..calling.client_picker import ClientPicker
from ..calling.result_reader import ResultReader

# Whom not even a letter may reach; the other reasons are about calls alone.
_CLOSED = ("paid", "manual", "forgotten")

Occasion = namedtuple("Occasion", "campaign_id direction company_id")


class CampaignContact(models.Model):
    """Letters, messages and visits to the client of a campaign, by its rules."""

    _inherit = "callcenter.campaign.contact"

    def action_write_to_client(self):
        """The window in which a letter, message or visit is registered."""
        self.ensure_one()
        self.check_access("write")
        return self._get_writing_window()

    def _get_writing_window(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter or message"),
            "res_model": "callcenter.contact.write",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_contact_id": self.id,
                "default_channel": "email" if self.partner_id.email else "chat",
            },
        }

    def _register_written(
        self, employee, channel, disposition, values, subject="", moment=None
    ):
        """Send or note what goes to the client, if every rule of the campaign allows.

        :param channel: any but ``phone``; a mail is sent, the others are noted
        :param disposition: id or code
        :param values: as of ``callcenter.desk.finish_call``; ``note`` is the text
        :param moment: when a visit or message that is only noted took place; empty =
            now, as with every mail. The rules of that moment decide
        :return: ``(call, None)``, or ``(empty, Verdict)``: then nothing is sent, and
            the refusal is written down where the rule set asks for it
        """
        self.ensure_one()
        self._check_writable(channel, values)
        moment = self._read_happened(channel, moment)
        # Two messages at once would each see one less than there are.
        locks = self.env["callcenter.key.lock"]
        locks._take(self.company_id, "message", self.partner_id.id)
        calls = self.env["callcenter.call"]
        occasion = Occasion(self.campaign_id, "written", self.company_id)
        reader = ResultReader(self.env, occasion)
        disposition, checked = reader.parse(disposition, values)
        verdict = self._judge_written(channel, moment)
        if verdict:
            self.env["callcenter.rule.refusal"]._log(self, verdict, channel)
            return calls, verdict
        vals = self._prepare_written(employee, channel, moment)
        vals |= calls._prepare_result(disposition, checked)
        call = calls.create(vals | {"technical_status": False})
        call._apply_outcome()
        if channel == "email":
            self._send_mail(employee, subject, checked["note"])
        return call, None

    def _check_writable(self, channel, values):
        if channel not in KINDS or channel == "phone":
            raise UserError(self.env._("Choose how the client is written to."))
        if self.campaign_id.state not in ("running", "paused"):
            raise UserError(
                self.env._(
                    "%(name)s is not open: start the campaign first.",
                    name=self.campaign_id.name,
                )
            )
        if channel == "email" and not self.partner_id.email:
            raise UserError(
                self.env._(
                    "%(client)s has no e-mail address.", client=self.partner_id.name
                )
            )
        if channel == "email" and not str(values.get("note") or "").strip():
            raise UserError(self.env._("Write the text of the mail."))

    def _read_happened(self, channel, moment):
        """The moment to write down, which lies at most a month back."""
        now = fields.Datetime.now()
        if channel == "email" or not moment:
            return now
        if not now - LONGEST <= moment <= now:
            raise UserError(
                self.env._(
                    "Say when it took place: not later than now and not more than "
                    "%(days)s days ago.",
                    days=LONGEST.days,
                )
            )
        return moment

    def _judge_written(self, channel, moment):
        """The rule that forbids this letter or message at that moment, or None."""
        if self.exclusion_reason in _CLOSED:
            return Verdict(self.exclusion_reason)
        self.env.flush_all()
        kind = KINDS[channel]
        terms = self.campaign_id._get_terms(self.company_id._callcenter_today())
        terms = written_terms(terms, kind)
        picker = ClientPicker(self.env)
        row = picker.look_at(self, terms.rules)
        row |= {
            "timezone": row["timezone"] or self.company_id.callcenter_tz,
            "calls": self._get_written_moments(kind, moment),
            # Neither the queue nor a conversation stands in a letter's way.
            "attempt_count": 0,
            "is_busy": False,
        }
        if kind == LETTER:
            # Who forbade calls and messages may still get a paper.
            row |= {"is_stopped": False, "stopped_until": None}
        verdict = picker.judge(row, terms, moment)
        if verdict and verdict.reason == "limit":
            return Verdict(f"limit_{kind}", verdict.until)
        limits, zone = terms.rules.limits, row["timezone"]
        if not verdict and not fits_between(row["calls"], moment, limits, zone):
            return Verdict(f"limit_{kind}")
        return verdict

    def _get_written_moments(self, kind, moment):
        since = moment - EARLIEST
        calls = self.env["callcenter.call"].search_fetch(
            [
                ("partner_id", "=", self.partner_id.id),
                ("direction", "=", "out"),
                ("channel", "in", channels_of(kind)),
                ("started_at", ">", since),
                ("correction_of_id", "=", False),
            ],
            ["started_at"],
        )
        return calls.mapped("started_at")

    def _prepare_written(self, employee, channel, moment):
        return {
            "campaign_id": self.campaign_id.id,
            "contact_id": self.id,
            "partner_id": self.partner_id.id,
            "employee_id": employee.id,
            "user_id": employee.user_id.id,
            "department_id": employee.department_id.id,
            "company_id": self.company_id.id,
            "direction": "out",
            "channel": channel,
            "phone": self.phone,
            "state_id": self.state_id.id,
            "federal_district": self.federal_district,
            "timezone": self.timezone,
            "started_at": moment,
            "ended_at": moment,
            "attempt_no": 0,
        }

    def _send_mail(self, employee, subject, text):
        self.partner_id.message_post(
            body=plaintext2html(text),
            subject=subject or self.campaign_id.name,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.partner_id.ids,
            author_id=employee.user_id.partner_id.id,
        )
