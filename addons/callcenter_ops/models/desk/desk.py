from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...fastpath.prepared import by_one_plan, run_prepared
from ...fastpath.row_cache import warm
from ..calling.callback_times import CallbackTimes
from ..calling.result_reader import ResultReader, read_id
from .campaign_blockers import CampaignBlockers
from .client_finder import ClientFinder
from .client_note import ClientNote
from .desk_day import DeskDay
from .desk_documents import DeskDocuments
from .desk_snapshot import DeskSnapshot
from .own_results import OwnResults
from .product_finder import ProductFinder

# Without a heartbeat for so long, a ready operator has left his desk.
SILENCE = timedelta(minutes=3)
# Within this time the clients are counted whom one person is handed.
PACE_PERIOD = timedelta(minutes=5)
REASON_LIMIT = 500
_SESSION = """
SELECT e.id, e.name, v.department_id,
       (SELECT k.id FROM callcenter_call_claim k WHERE k.employee_id = e.id),
       EXISTS (SELECT FROM callcenter_campaign_contact c
                WHERE c.state = 'queued' AND c.next_call_at <= %(now)s
                  AND c.reserved_employee_id = e.id),
       (SELECT count(*) FROM callcenter_operator_state s
         WHERE s.employee_id = e.id AND s.started_at > %(pace_since)s
           AND s.state = 'preview')
  FROM hr_employee e
  LEFT JOIN hr_version v ON v.id = e.current_version_id
 WHERE e.user_id = %(user_id)s AND e.company_id = %(company_id)s AND e.active
"""


class Session(NamedTuple):
    """Who works at the desk: in superuser mode, empty for a caller without a record.

    ``claim`` is the client in his hands; ``has_reserved`` tells whether a call-back is
    due that waits for him alone; ``seen`` is how many clients he was handed within
    ``PACE_PERIOD``.
    """

    employee: models.BaseModel
    claim: models.BaseModel
    has_reserved: bool
    seen: int = 0


class Desk(models.AbstractModel):
    """The operator's desk, called by his browser.

    Each public method checks that the caller is an operator and works on his own claim
    alone. Calling one again after a lost answer changes nothing.

    They answer with a snapshot of the desk as it is now (``DeskSnapshot.take``), if
    nothing else is said. Other rooms and addons show their part by the hooks at the
    end.
    """

    _name = "callcenter.desk"
    _description = "Operator's desk"

    # ------------------------------------------------------------- the desk itself

    @api.model
    def open_desk(self):
        """The desk as it is; a client already held comes back.

        :return: the snapshot with ``notices``: what the operator should know though
            it keeps no clients from him, of the shape of ``reasons``; and ``draft``:
            what he had typed about the client in hand
        """
        employee, claim, *_ = self._get_session()
        today = employee.company_id._callcenter_today()
        blockers = not claim and employee._get_cached_callcenter_blockers(today)
        snapshot = self._show_blockers(employee, claim, blockers or [])
        notices = employee._get_callcenter_warnings(today)[employee.id]
        draft = self.env["callcenter.desk.draft"]._load(claim.id)
        return snapshot | {"notices": notices, "draft": draft}

    @api.model
    def get_day(self):
        """What lies before the operator, as of ``DeskDay.take``."""
        return DeskDay(self, self._get_operator()).take()

    @api.model
    def set_state(self, state, pause_reason_id=None):
        """Ready, pause or offline; a client who was only looked at goes back."""
        employee, claim, *_ = self._get_session()
        if state not in ("ready", "pause", "offline"):
            raise UserError(self.env._("The desk has no state %(state)s.", state=state))
        values = self._get_pause_values(pause_reason_id) if state == "pause" else {}
        if claim.state == "talk":
            raise UserError(self.env._("Save the result of the call first."))
        if state == "ready":
            return self._get_ready(employee, claim)
        claim._return_to_queue()
        self._states()._switch(employee, state, reason="operator", **values)
        return self._get_snapshot(employee, self._claims())

    @api.model
    def heartbeat(self):
        """The desk is alive: leases last longer."""
        employee, claim, *_ = self._get_session()
        claim._extend()
        self._prolong(employee)
        return self._get_snapshot(employee, claim, self._get_lapse_reason(employee))

    # -------------------------------------------------------- clients of the queue

    @api.model
    def claim_next(self, campaign_ids=None):
        """Hand out the next client, or say in ``reasons`` why there is none.

        :param campaign_ids: only from these campaigns
        """
        return self._hand_out(self._get_session(), campaign_ids)

    @api.model
    def start_call(self, claim_id):
        """The operator dials: the clock starts, the longer lease begins.

        Everything that may forbid the call is asked once more; if something does by
        now, the client goes back and the reason is shown.
        """
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        if claim.state == "talk":
            return self._get_snapshot(employee, claim)
        reasons = self._get_start_refusal(employee, claim)
        if reasons:
            return self._get_snapshot(employee, self._claims(), reasons)
        claim._start_call()
        self._switch(employee, "talk", campaign_id=claim.campaign_id.id)
        return self._get_snapshot(employee, claim)

    @api.model
    def end_call(self, claim_id):
        """The conversation is over, the result is still to come: wrap-up begins."""
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        if claim.state == "talk" and not claim.call_ended_at:
            claim.call_ended_at = fields.Datetime.now()
            self._switch(employee, "wrap", campaign_id=claim.campaign_id.id)
        return self._get_snapshot(employee, claim)

    @api.model
    def finish_call(self, claim_id, disposition, values=None, claim_next=True):
        """Save the result with all it entails and bring the next client.

        :param disposition: id or code
        :param values: ``note``, ``callback_at`` (UTC text), ``personal``,
            ``refusal_reason_id``, ``expected_revenue``, ``product_ids``,
            ``script_path`` (ids of the answers given on the way through the script)
        :return: the snapshot with ``saved``: ``call_id``, ``lead_id``,
            ``activity_id``, ``next_step``; the same for a claim whose result is saved
            already, with ``differs`` where another tab had saved something else
        :raise UserError: a value is missing or wrong; nothing is saved
        """
        session, difference = self._get_session(), {}
        employee = session.employee
        claim = self._find_claim(employee, claim_id)
        if claim:
            call = self._save_result(claim, disposition, values or {})
            session = session._replace(claim=claim.browse())
        else:
            call = self._find_saved(employee, claim_id)
            if call.disposition_id.is_system:
                own = OwnResults(self.env, employee)
                own.complete(call, disposition, values or {})
            difference = self._get_difference(call, disposition, values or {})
        if claim_next:
            answer = self._hand_out(session)
        else:
            self._rest(employee)
            answer = self._get_snapshot(employee, session.claim)
        return answer | {"saved": self._get_saved(call) | difference}

    @api.model
    def release(self, claim_id, reason):
        """Give the client back to the queue; no attempt was made.

        :param reason: the operator's words, kept in the client's chatter
        """
        employee = self._get_operator()
        claim = self._find_claim(employee, claim_id)
        if claim:
            self._release_claim(claim, reason)
        self._rest(employee)
        return self._get_snapshot(employee, self._claims()._get_own(employee))

    @api.model
    def save_draft(self, claim_id, values):
        """Keep what is typed about the client in hand; the browser may die now.

        :param values: dict of the browser's own names
        :return: whether it is kept: False when the client is in no hands any more
        """
        employee = self._get_operator()
        claim = self._claims()._get_own(employee)
        if claim.id != read_id(self.env, claim_id):
            return False
        self.env["callcenter.desk.draft"]._save(employee, claim.id, values)
        return True

    # --------------------------------------- own results and promises, the client

    @api.model
    def recent_calls(self):
        """The operator's own last results that he may put right, newest first."""
        return OwnResults(self.env, self._get_operator()).get_last()

    @api.model
    def correct_result(self, call_id, disposition, values=None):
        """Put an own result right by a record; until the report sheet is handed in.

        :param values: as of ``finish_call``
        :return: the snapshot with ``saved``
        """
        employee, claim, *_ = self._get_session()
        call = OwnResults(self.env, employee).correct(
            call_id, disposition, values or {}
        )
        return self._get_snapshot(employee, claim) | {"saved": self._get_saved(call)}

    @api.model
    def open_promise(self, followup_id):
        """Hand the operator the client to whom something is promised.

        A common promise becomes his own with the client. Rules are asked as with any
        call by hand.

        :return: the snapshot; ``reasons`` say what forbids the call
        """
        employee = self._get_operator()
        followup = self._get_followup(employee, followup_id)
        is_common = not followup.user_id
        if is_common:
            followup._assign(self.env.user)
        campaign = followup.campaign_id
        is_open = campaign.state == "running" and campaign.purpose != "inbound"
        chosen = campaign.id if is_open else None
        answer = self.call_client(followup.partner_id.id, chosen)
        held = self._claims()._get_own(employee)
        if is_common and held.partner_id != followup.partner_id:
            followup._assign(self.env.user.browse())
        return answer

    @api.model
    def settle_promise(self, followup_id, outcome):
        """What was promised is done without a call; the day anew.

        :param outcome: the operator's words
        """
        followup = self._get_followup(self._get_operator(), followup_id)
        if not str(outcome or "").strip():
            raise UserError(self.env._("Say what came of it."))
        if not followup.user_id:
            followup._assign(self.env.user)
        followup.with_env(self.env).action_close(outcome)
        return self.get_day()

    @api.model
    def choose_number(self, claim_id, number):
        """Dial another number of the client in hand; all rules are asked of it."""
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        if claim.state == "preview":
            claim._choose_number(number)
        return self._get_snapshot(employee, claim)

    @api.model
    def note_client(self, claim_id, values):
        """Keep a new number, e-mail or contact person of the client in hand.

        :param values: ``phone``, ``email``, ``person``, ``function``; any of them
        """
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        note = ClientNote(self.env, claim.partner_id, self.env.user)
        note.add(values if isinstance(values, dict) else {})
        return self._get_snapshot(employee, claim)

    def _get_followup(self, employee, followup_id):
        """An open promise of the operator, or a common one of his department.

        :raise UserError: somebody else's, or settled by now
        """
        # sudo: nobody writes promises; whose it is is asked right below
        followups = self.env["callcenter.followup"].sudo()
        followup = followups.browse(read_id(self.env, followup_id)).exists()
        is_own = followup.user_id == self.env.user
        departments = self._get_common_departments(employee)
        is_common = not followup.user_id and followup.department_id in departments
        if followup.state != "open" or not (is_own or is_common):
            raise UserError(
                self.env._("This promise is settled, or somebody else keeps it now.")
            )
        return followup

    def _get_common_departments(self, employee):
        """Whose common promises he keeps: he who is not cleared gets no client."""
        today = employee.company_id._callcenter_today()
        if employee._get_cached_callcenter_blockers(today):
            return employee.department_id.browse()
        return employee.department_id

    # --------------------------------------------------------------- calls by hand

    @api.model
    def search_clients(self, query, direction="out"):
        """Clients with exactly this number or name; the search is logged and limited.

        :param query: a full telephone number in any spelling, or a whole name
        :param direction: ``out`` to call the client, ``in`` when he is on the line
        :return: ``{"found": [...], "message": str, "number": E.164 or "",
            "is_unknown": bool, "campaigns": [...]}``; ``message`` says why nobody is
            shown
        """
        employee = self._get_operator()
        if direction not in ("out", "in"):
            raise UserError(self.env._("A search is for calling or for answering."))
        found = ClientFinder(self.env, employee).search(query, direction)
        return found | {"campaigns": self._get_campaign_choices(employee, direction)}

    @api.model
    def call_client(self, partner_id, campaign_id=None):
        """Hand the operator the client whom he looked for, if every rule allows it.

        :param partner_id: a client of his own recent search, or in his hands
        :param campaign_id: the campaign of the call; empty = the client's own or the
            first open one
        :return: the snapshot; ``reasons`` say what forbids the call
        """
        employee = self._get_operator()
        partner = ClientFinder(self.env, employee).get(partner_id, "out")
        held = self._claims()._get_own(employee)
        if held:
            return self._keep_held(employee, held, partner)
        today = employee.company_id._callcenter_today()
        blockers = employee._get_callcenter_blockers(today)[employee.id]
        if blockers:
            return self._refuse(employee, blockers)
        chosen, reasons = self._choose_terms(employee, today, partner, campaign_id)
        if not chosen:
            return self._get_snapshot(employee, held, reasons)
        claim, refusal = self._claims()._claim_client(employee, chosen, partner)
        if refusal:
            return self._get_snapshot(employee, claim, [self._explain(claim, refusal)])
        self._show(employee, claim)
        return self._get_snapshot(employee, claim)

    @api.model
    def answer_call(self, number=None, partner_id=None, client=None, campaign_id=None):
        """A caller is on the line: the conversation begins.

        A client only looked at goes back to the queue. Another operator's claim on
        the same client or number does not keep anybody from answering.

        :param number: the caller's number as searched; empty when it is hidden
        :param partner_id: a client of the operator's own recent search
        :param client: ``name`` and more of a new client who was not found
        :param campaign_id: an open campaign of incoming calls; empty = the first
        """
        employee = self._get_operator()
        finder = ClientFinder(self.env, employee)
        number = finder.read_number(number)
        held = self._claims()._get_own(employee)
        if held.state == "talk":
            return self._keep_answered(employee, held, number, partner_id)
        today = employee.company_id._callcenter_today()
        campaign = self._get_inbound_campaign(employee, today, campaign_id)
        blockers = employee._get_callcenter_blockers(today)[employee.id]
        if campaign:
            blockers += campaign._get_operator_blockers(employee, today)
        if blockers:
            return self._refuse(employee, blockers)
        if partner_id:
            partner = finder.get(partner_id, "in")
        else:
            partner = finder.make(number, client)
        held._return_to_queue()
        phone = number or partner.phone_sanitized
        claim = self._claims()._answer(employee, partner, phone, campaign)
        self._show(employee, claim)
        return self._get_snapshot(employee, claim)

    # ------------------------------------------------------ look-ups during a call

    @api.model
    def search_products(self, query):
        """At most twenty products by name, code or any characteristic, with prices."""
        self._get_operator()
        return ProductFinder(self.env).search(query)

    @api.model
    def get_product(self, product_id):
        """The card of a product for a talk, as of ``ProductFinder.get_card``."""
        self._get_operator()
        return ProductFinder(self.env).get_card(read_id(self.env, product_id))

    @api.model
    def get_documents(self):
        """The papers that bind the operator, as of ``DeskDocuments.get_all``."""
        return DeskDocuments(self.env, self._get_operator()).get_all()

    @api.model
    def callback_choices(self, claim_id):
        """Moments to offer for a call-back, as of ``CallbackTimes.get_choices``."""
        employee = self._get_operator()
        claim_id = read_id(self.env, claim_id)
        own = [("id", "=", claim_id), ("employee_id", "=", employee.id)]
        claim = self._claims().search(own)
        if not claim.campaign_id:
            return []
        return CallbackTimes(self.env, claim).get_choices()

    # ------------------------------------------ who asks, and what is in his hands

    def _get_operator(self):
        """The caller's own employee in superuser mode, if he is an operator.

        :raise AccessError: anybody else
        """
        return self._get_session().employee

    def _get_session(self):
        """The ``Session`` of the caller, if he is an operator.

        :raise AccessError: anybody else
        """
        if not self.env.user.has_group("callcenter_ops.group_operator"):
            raise AccessError(self.env._("The desk is open to operators alone."))
        session = self._find_session()
        if not session.employee:
            raise AccessError(
                self.env._("Your user has no employee record: ask the HR department.")
            )
        return session

    def _find_session(self):
        """The caller's session, with what every request reads of him in the cache."""
        self.env.flush_all()
        # sudo: operators may not read personnel records, their own included
        employees = self.env["hr.employee"].sudo()
        owner = {"user_id": self.env.uid, "company_id": self.env.company.id}
        now = fields.Datetime.now()
        values = owner | {"now": now, "pace_since": now - PACE_PERIOD}
        run_prepared(self.env.cr, _SESSION, values, before=by_one_plan())
        row = self.env.cr.fetchone()
        if not row:
            return Session(employees, self._claims(), False)
        employee_id, name, department_id, claim_id, has_reserved, seen = row
        employee = employees.browse(employee_id)
        warm(employee, name=name, department_id=department_id, **owner)
        claim = self._claims().browse(claim_id or ())
        return Session(employee, claim, has_reserved, seen)

    def _claims(self):
        # sudo: nobody but the desk touches claims; each is checked to be the caller's
        return self.env["callcenter.call.claim"].sudo()

    def _find_claim(self, employee, claim_id):
        """The live claim of that number, locked; empty when it is over.

        :raise AccessError: it belongs to another operator
        """
        claim = self._claims().browse(read_id(self.env, claim_id))._lock_live()
        if claim and claim.employee_id != employee:
            raise AccessError(self.env._("This client is in another operator's hands."))
        return claim

    def _get_claim(self, employee, claim_id):
        claim = self._find_claim(employee, claim_id)
        if not claim:
            raise UserError(
                self.env._(
                    "You do not hold this client any more: ask for the next one."
                )
            )
        return claim

    # -------------------------------------------------------- the operator's state

    def _states(self):
        # sudo: operators read their intervals, only the desk writes them
        return self.env["callcenter.operator.state"].sudo()

    def _switch(self, employee, state, **values):
        """Begin ``state`` unless the operator is in it already; the open interval."""
        current = self._states()._get_current(employee)
        if current.state == state:
            return current
        self._states()._switch(employee, state, **values)
        return self._states()._get_current(employee)

    def _show(self, employee, claim):
        """The state that the operator is in with this client; the open interval."""
        state = "preview"
        if claim.state == "talk":
            state = "wrap" if claim.call_ended_at else "talk"
        return self._switch(
            employee,
            state,
            campaign_id=claim.campaign_id.id,
            deadline_at=claim.lease_expires_at,
        )

    def _rest(self, employee):
        """Ready for the next client, until the desk falls silent."""
        deadline = fields.Datetime.now() + SILENCE
        return self._switch(employee, "ready", deadline_at=deadline)

    def _prolong(self, employee):
        current = self._states()._get_current(employee)
        if current.state == "ready":
            current.deadline_at = fields.Datetime.now() + SILENCE

    def _get_ready(self, employee, claim):
        today = employee.company_id._callcenter_today()
        blockers = employee._get_cached_callcenter_blockers(today)
        if not blockers and not claim:
            self._switch(
                employee,
                "ready",
                reason="operator",
                deadline_at=fields.Datetime.now() + SILENCE,
            )
        return self._show_blockers(employee, claim, blockers)

    def _get_pause_values(self, pause_reason_id):
        reason = self.env["callcenter.pause.reason"].browse(
            read_id(self.env, pause_reason_id)
        )
        if not reason.exists().active:
            raise UserError(self.env._("Choose a reason of the pause from the list."))
        return {
            "pause_reason_id": reason.id,
            "deadline_at": self._states()._get_pause_deadline(reason),
        }

    def _get_lapse_reason(self, employee):
        """Tell an operator whose desk fell silent what became of his client."""
        current = self._states()._get_current(employee)
        if current.state != "offline" or current.reason != "lease":
            return []
        message = self.env._(
            "Your desk was silent for too long: the client went back to the queue."
        )
        return [self._reason("lease_expired", message)]

    # ----------------------------------------------------------------- handing out

    def _hand_out(self, session, campaign_ids=None):
        employee, held, has_reserved, seen = session
        if held:
            held._extend()
            state = self._show(employee, held)
            return self._get_snapshot(employee, held, state=state)
        today = employee.company_id._callcenter_today()
        blockers = employee._get_cached_callcenter_blockers(today)
        if blockers:
            return self._refuse(employee, blockers)
        hurry = self._get_hurry(employee, seen)
        if hurry:
            self._rest(employee)
            return self._get_snapshot(employee, held, [hurry])
        terms = self._get_terms(employee, today, campaign_ids)
        found = CampaignBlockers(self.env, employee, today)
        claim = self._claims()._claim_next(
            employee, terms, found.is_blocked, has_reserved
        )
        if claim:
            state = self._show(employee, claim)
            return self._get_snapshot(employee, claim, state=state)
        self._rest(employee)
        free = [one for one in terms if not found.is_blocked(one.campaign_id)]
        wait = self._get_wait_reason(employee, free)
        return self._get_snapshot(employee, claim, [*found.reasons, wait])

    def _get_hurry(self, employee, seen):
        """Why somebody gets no more clients who sees more than one can speak with.

        His supervisor is told before that.
        """
        pace = employee.company_id._get_callcenter_setting("callcenter_pace")
        if pace and seen == pace:
            employee._report_pace(seen)
        if not pace or seen < 2 * pace:
            return None
        return self._reason(
            "pace",
            self.env._(
                "You were handed %(count)s clients within five minutes: more than one "
                "can speak with. Go on in a few minutes; your supervisor knows of it.",
                count=seen,
            ),
        )

    def _get_terms(self, employee, today, campaign_ids):
        """``hand_out.Terms`` of the campaigns open to the operator, the first first."""
        terms = self.env["callcenter.campaign"]._get_open_terms(employee, today)
        if not campaign_ids:
            return terms
        return [one for one in terms if one.campaign_id in campaign_ids]

    def _refuse(self, employee, blockers):
        current = self._states()._get_current(employee).state
        if current in ("ready", "preview", "wrap"):
            self._switch(employee, "offline")
        return self._show_blockers(employee, self._claims(), blockers)

    def _get_start_refusal(self, employee, claim):
        """Why the call may not begin after all; the client is put aside then."""
        today = employee.company_id._callcenter_today()
        blockers = employee._get_cached_callcenter_blockers(today)
        if blockers:
            claim._return_to_queue()
            self._switch(employee, "offline")
            return blockers
        closed = self._get_closed_reasons(employee, claim, today)
        verdict = None if closed else claim._judge()
        if not (closed or verdict):
            return []
        claim._return_to_queue(verdict)
        self._rest(employee)
        return closed or [self._explain(claim, verdict.reason)]

    def _get_closed_reasons(self, employee, claim, today):
        """Why the campaign has become closed to the operator since the hand-out."""
        campaign = claim.campaign_id
        if self._get_terms(employee, today, campaign.ids):
            return campaign._get_operator_blockers(employee, today)
        message = self.env._(
            "The campaign %(name)s is not open to you any more: it was paused or "
            "finished, or given to others.",
            name=campaign.name,
        )
        return [self._reason("campaign_closed", message)]

    def _get_wait_reason(self, employee, terms):
        """Why an operator who may work got nobody, and when the next client comes."""
        if not terms:
            return self._reason(
                "no_campaign",
                self.env._("No campaign is open to you today: ask your supervisor."),
            )
        # sudo: the queue is closed to operators; a moment is all they learn
        campaigns = self.env["callcenter.campaign"].sudo()
        campaigns = campaigns.browse(one.campaign_id for one in terms)
        moment = campaigns._get_next_callable_at(employee)
        if not moment:
            return self._reason(
                "queue_empty", self.env._("No client is waiting in your campaigns.")
            )
        if moment <= fields.Datetime.now() + timedelta(seconds=1):
            return self._reason(
                "queue_busy",
                self.env._("The waiting clients are in other calls: ask again."),
            )
        local = employee.company_id._callcenter_local(moment)
        return self._reason(
            "not_now",
            self.env._(
                "Nobody may be called now. The next client can be called on %(day)s "
                "at %(time)s.",
                day=f"{local:%d.%m.%Y}",
                time=f"{local:%H:%M}",
            ),
        )

    def _explain(self, claims, rule):
        """The rule that forbids a call, as a reason to show."""
        message = self.env._(
            "This client may not be called now: %(rule)s.",
            rule=claims._get_rule_label(rule),
        )
        return self._reason(rule, message)

    def _reason(self, code, message, action=False):
        return {"code": code, "message": message, "action": action}

    # --------------------------------------------------------------- ending a call

    def _save_result(self, claim, disposition, values):
        reader = ResultReader(self.env, claim, claim._get_talk_seconds())
        disposition, checked = reader.parse(disposition, values)
        checked["script_path"] = reader.read_path(values)
        # sudo: operators read their calls, only the desk writes them
        calls = self.env["callcenter.call"].sudo()
        call = calls._create_from_claims(claim, disposition, checked)
        has_followups = claim.has_followups
        claim._end()
        call._apply_outcome(bool(values.get("personal")), has_followups)
        return call

    def _find_saved(self, employee, claim_id):
        """The call that the claim ended with; who lost it long ago is told so."""
        # sudo: the owner is checked right below
        calls = self.env["callcenter.call"].sudo()
        call = calls.search([("claim_ref", "=", read_id(self.env, claim_id))], limit=1)
        if call and call.employee_id != employee:
            raise AccessError(self.env._("This call belongs to another operator."))
        if not call:
            raise UserError(
                self.env._(
                    "You do not hold this client any more: ask for the next one."
                )
            )
        return call

    def _get_difference(self, call, disposition, values):
        """A second tab brings another result than the first: it must not be lost."""
        call = call._get_in_force()
        note = str(values.get("note") or "").strip()
        saved = (call.disposition_id.id, call.disposition_id.code)
        if disposition in saved and note == (call.note or ""):
            return {}
        message = self.env._(
            "Another window has saved “%(result)s” for this call: what you entered "
            "here is kept, put the result right if yours is true.",
            result=call.disposition_id.name,
        )
        return {"differs": True, "message": message, "in_force_id": call.id}

    def _get_saved(self, call):
        return {
            "call_id": call.id,
            "lead_id": call.lead_id.id or False,
            "activity_id": call.activity_id.id or False,
            "next_step": self._get_next_step(call),
        }

    def _get_next_step(self, call):
        """What the result leaves to be done, in words; False for most of them."""
        if not (call.callback_at or call.activity_id):
            return False
        # sudo: of the call that the caller has just saved
        [followup] = call.sudo().followup_ids[:1] or [None]
        if not followup or followup.user_id != self.env.user:
            return False
        local = call.company_id._callcenter_local(followup.deadline_at)
        return self.env._(
            "%(result)s: on your list until %(day)s, %(time)s",
            result=call.disposition_id.name,
            day=f"{local:%d.%m}",
            time=f"{local:%H:%M}",
        )

    def _release_claim(self, claim, reason):
        """Back to the queue; a call that began can only be ended with a result."""
        reason = str(reason or "").strip()[:REASON_LIMIT]
        if claim.state == "talk":
            raise UserError(self.env._("The call has begun: save its result instead."))
        if not reason:
            raise UserError(self.env._("Say why you give the client back."))
        note = claim._told_to().env._(
            "%(operator)s gave the client back before the call",
            operator=claim.employee_id.name,
        )
        claim.partner_id._message_log(
            body=Markup("%s: %s") % (note, reason),
            author_id=claim.user_id.partner_id.id,
        )
        claim._return_to_queue()

    # ---------------------------------- calls by hand: whom and for which campaign

    def _get_campaign_choices(self, employee, direction):
        """Campaigns that the call may belong to."""
        today = employee.company_id._callcenter_today()
        campaigns = self._get_campaigns(self._get_terms(employee, today, None))
        is_inbound = direction == "in"
        return [
            {"id": campaign.id, "name": campaign.name}
            for campaign in campaigns
            if (campaign.purpose == "inbound") == is_inbound
        ]

    def _get_campaigns(self, terms):
        # sudo: operators read no campaigns; these are open to the caller by their terms
        campaigns = self.env["callcenter.campaign"].sudo()
        return campaigns.browse(one.campaign_id for one in terms)

    def _keep_held(self, employee, held, partner):
        """A repeated request changes nothing; another client has to wait."""
        if held.partner_id != partner:
            raise UserError(
                self.env._("You hold a client: save the result or give him back first.")
            )
        return self._get_snapshot(employee, held)

    def _keep_answered(self, employee, held, number, partner_id):
        """A repeated request changes nothing; another caller has to wait."""
        is_same = held.is_incoming and (
            held.partner_id.id == partner_id or (number and held.phone == number)
        )
        if not is_same:
            raise UserError(self.env._("Save the result of the call first."))
        return self._get_snapshot(employee, held)

    def _choose_terms(self, employee, today, partner, campaign_id):
        """The terms of the campaign that the call belongs to, and why there is none."""
        wanted = [read_id(self.env, campaign_id)] if campaign_id else None
        terms = self._get_terms(employee, today, wanted)
        campaigns = self._get_campaigns(terms)
        outgoing = campaigns.filtered(lambda campaign: campaign.purpose != "inbound")
        contacts = outgoing._find_contacts(partner)
        campaign = (contacts.campaign_id or outgoing)[:1]
        blockers = campaign and campaign._get_operator_blockers(employee, today)
        if campaign and not blockers:
            return next(one for one in terms if one.campaign_id == campaign.id), []
        return None, blockers or [self._get_wait_reason(employee, [])]

    def _get_inbound_campaign(self, employee, today, campaign_id):
        wanted = [read_id(self.env, campaign_id)] if campaign_id else None
        campaigns = self._get_campaigns(self._get_terms(employee, today, wanted))
        inbound = campaigns.filtered(lambda campaign: campaign.purpose == "inbound")
        return inbound[:1]

    # --------------------------------------------------------- what the desk shows

    def _get_snapshot(self, employee, claim, reasons=(), state=None):
        """The desk as it is now.

        :param state: the operator's open interval, where the caller has it at hand
        """
        state = state or self._states()._get_current(employee)
        return DeskSnapshot(self, employee).take(claim, state, reasons)

    def _show_blockers(self, employee, claim, blockers):
        """The desk as it is; where something blocks, with all that clearance asks."""
        snapshot = self._get_snapshot(employee, claim, blockers)
        if not blockers:
            return snapshot
        today = employee.company_id._callcenter_today()
        conditions = employee._get_callcenter_conditions(today)
        met = [name for name, is_met in conditions if is_met]
        return snapshot | {"clearance": {"met": met, "total": len(conditions)}}

    def _get_figures(self, employee):
        """The operator's own day so far, which the room of figures counts."""
        return {}

    def _get_plan(self, employee):
        """Plan and fact of the day, which the rooms of sheets and figures know.

        :return: list of ``{"name": str, "label": str, "plan": int, "fact": int}``;
            ``name`` is the figure's
        """
        return []

    def _get_letters(self, employee):
        """Letters that wait for an answer, which the room of letters knows.

        :return: ``{"count": int, "late": int, "action": dict or False}``
        """
        return {"count": 0, "late": 0, "action": False}

    def _get_lessons(self, employee):
        """What the operator must learn, which an addon of training knows.

        :return: list of dicts ``code``, ``message``, ``action``
        """
        return []

    def _get_debt_card(self, claim):
        """What the client owes and has promised, which the room of debts knows."""
        return False

    def _get_orders(self, partner):
        """What the client has ordered: dicts, which an app of sales brings."""
        return []
