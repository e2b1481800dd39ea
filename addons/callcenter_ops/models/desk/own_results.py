from odoo.exceptions import AccessError, UserError

from ...tools.clients.phone_parse import display_number
from ..calling.result_reader import ResultReader, read_id
from .desk_snapshot import utc_text

_LIMIT = 10


class OwnResults:
    """The operator's own last results, which he may put right by a correction.

    :param env: of the operator, who reads the messages
    :param employee: the operator, in superuser mode
    """

    def __init__(self, env, employee):
        self.env, self.employee = env, employee

    def get_last(self):
        """His last calls that may still be corrected, newest first, as plain values."""
        calls = self._calls().search(
            [("employee_id", "=", self.employee.id), ("is_in_force", "=", True)],
            limit=_LIMIT,
        )
        return [self._get_card(one) for one in calls if one._may_correct_own()]

    def get(self, call_id):
        """One of his own calls, in superuser mode.

        :raise AccessError: it is somebody else's
        """
        call = self._calls().browse(read_id(self.env, call_id)).exists()
        if not call or call.employee_id != self.employee:
            raise AccessError(self.env._("This call belongs to another operator."))
        return call

    def correct(self, call_id, disposition, values):
        """Put a result right by a record of its own; a cut-off call gets its result.

        :return: the call in force
        """
        call = self.get(call_id)
        if not call._may_correct_own():
            raise UserError(
                self.env._(
                    "The report sheet is handed in, or this record is corrected "
                    "already: ask your supervisor."
                )
            )
        if call.disposition_id.is_system:
            return self.complete(call, disposition, values)
        reason = call._told_to().env._("Corrected by the operator at the desk")
        mine = call.with_env(self.env)
        # sudo: the correction of his own call, whose numbers alone are told him
        return mine.action_correct(disposition, values, reason).sudo()

    def complete(self, call, disposition, values):
        """The desk was silent too long, but the call was made: its result counts.

        :return: the call
        """
        reader = ResultReader(self.env, call, call.talk_seconds)
        disposition, checked = reader.parse(disposition, values)
        checked["script_path"] = reader.read_path(values)
        call._amend(disposition, checked, personal=bool(values.get("personal")))
        return call

    def _calls(self):
        # sudo: operators read their calls; the desk looks for the caller's own alone
        return self.env["callcenter.call"].sudo()

    def _get_card(self, call):
        results = self.env["callcenter.disposition"]
        reasons = self.env["callcenter.refusal.reason"]
        return {
            "id": call.id,
            "claim_id": call.claim_ref,
            "client": call.partner_id.name or "",
            "phone": display_number(call.phone),
            "started_at": utc_text(call.started_at),
            "talk_seconds": call.talk_seconds,
            "timezone": call.timezone,
            "direction": call.direction,
            "result": call.disposition_id.name,
            "is_cut_off": call.disposition_id.is_system,
            "values": self._get_values(call),
            "dispositions": list(results._get_offer(call)),
            "refusal_reasons": list(reasons._get_choices()),
        }

    def _get_values(self, call):
        """What the form begins with: the draft of a call cut off, or the result."""
        if call.disposition_id.is_system:
            drafts = self.env["callcenter.desk.draft"]
            return {"note": call.note or ""} | drafts._load(call.claim_ref)
        return {
            "dispositionId": call.disposition_id.id,
            "note": call.note or "",
            "callbackAt": utc_text(call.callback_at),
            "refusalReasonId": call.refusal_reason_id.id or False,
            "expectedRevenue": call.expected_revenue or "",
            "promiseAmount": call.promise_amount or "",
            "promiseDate": str(call.promise_date or ""),
            "products": [
                {"id": one.id, "name": one.display_name} for one in call.product_ids
            ],
        }
