import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { DeskDraft } from "./desk_draft";

const { DateTime } = luxon;
const MODEL = "callcenter.desk";
export const HEARTBEAT_MS = 20000;
// So long may the hands rest before the server is sent what they typed.
const DRAFT_MS = 2000;
const RETRY_MS = [1000, 2000, 4000, 8000];
const USER_ERRORS = ["UserError", "ValidationError", "AccessError", "MissingError"];

const isUserError = (error) =>
    error instanceof RPCError &&
    USER_ERRORS.includes((error.exceptionName || "").split(".").pop());

/**
 * The operator's side of the desk: one snapshot of the server, one draft.
 *
 * Every request may be sent again with the same arguments after a lost answer:
 * the server promises that the second time changes nothing.
 */
export class DeskStore {
    constructor(orm) {
        this.orm = orm;
        this.snapshot = false;
        this.notices = [];
        this.draft = new DeskDraft(false);
        this.day = false;
        this.correcting = false;
        this.draftTimer = false;
        this.busy = false;
        this.connectionLost = false;
        this.error = "";
        this.saved = false;
        this.differing = false;
        this.ringing = "";
        this.pauseAfterCall = false;
        this.isChoosing = false;
        this.onScreen = false;
        this.clockOffset = 0;
        this.generation = 0;
    }

    // ------------------------------------------------------------------ reading

    get state() {
        return this.snapshot ? this.snapshot.state : "offline";
    }

    get claim() {
        return this.snapshot ? this.snapshot.claim : false;
    }

    /** What a result is entered for: an own call to put right, or the client in hand. */
    get subject() {
        return this.correcting || this.claim;
    }

    get disposition() {
        const options = this.subject ? this.subject.dispositions : [];
        return options.find((option) => option.id === this.draft.dispositionId) || false;
    }

    get missing() {
        return this.disposition ? this.draft.missing(this.disposition) : [];
    }

    get canSave() {
        const isTalk = this.subject?.state === "talk";
        return Boolean(isTalk && this.disposition && !this.missing.length && !this.busy);
    }

    /** What clearance asks of an operator whom it gives no clients; else false. */
    get clearance() {
        return !this.claim && (this.snapshot?.clearance || false);
    }

    /** This moment by the server's clock: that of the computer may be wrong. */
    get now() {
        return DateTime.fromMillis(Date.now() + this.clockOffset);
    }

    /** Whole seconds since a moment of the server (UTC text), by its own clock. */
    secondsSince(text) {
        if (!text) {
            return 0;
        }
        const passed = this.now.toMillis() - deserializeDateTime(text).toMillis();
        return Math.max(0, Math.floor(passed / 1000));
    }

    // ------------------------------------------------------------------ actions

    open() {
        return this._act("open_desk");
    }

    async goReady() {
        if (await this._act("set_state", ["ready"])) {
            await this.nextClient();
        }
    }

    goOffline() {
        return this._act("set_state", ["offline"]);
    }

    pause(reasonId) {
        return this._act("set_state", ["pause"], { pause_reason_id: reasonId });
    }

    nextClient() {
        return this._act("claim_next");
    }

    startCall() {
        return this._act("start_call", [this.claim.id]);
    }

    /** The conversation is over; the result may take its time. */
    endCall() {
        return this._act("end_call", [this.claim.id]);
    }

    release(reason) {
        return this._act("release", [this.claim.id, reason]);
    }

    /** Save the result; the next client comes with the same answer. */
    async saveResult() {
        if (this.correcting) {
            return this.saveCorrection();
        }
        const { draft } = this;
        const answer = await this._act(
            "finish_call",
            [this.claim.id, draft.dispositionId, draft.values],
            { claim_next: !this.pauseAfterCall }
        );
        if (answer) {
            this._onSaved(answer.saved, draft);
            this.pauseAfterCall = false;
        }
        return answer;
    }

    async saveCorrection() {
        const { draft } = this;
        const args = [this.correcting.id, draft.dispositionId, draft.values];
        const answer = await this._act("correct_result", args);
        if (answer) {
            this._onSaved(answer.saved, draft);
            this.leaveCorrection();
        }
        return answer;
    }

    /** Another window was first: what was typed here waits as a correction. */
    _onSaved(saved, draft) {
        draft.forget();
        this.saved = saved;
        this.differing = saved.differs ? draft.stored : false;
        if (saved.differs) {
            this.error = saved.message;
        }
    }

    /** @param {Object} call as of ``recent_calls`` */
    correct(call) {
        const isOwn = this.saved?.in_force_id === call.id && this.differing;
        const claim = { ...call, id: `call-${call.id}`, state: "talk", debt: false };
        this.correcting = { ...claim, id: call.id };
        this.draft = DeskDraft.load(claim.id, isOwn || call.values);
        this.differing = false;
    }

    leaveCorrection() {
        this.draft.forget();
        this.correcting = false;
        this._loadDraft(this.claim ? this.claim.id : false);
    }

    /** Own last results that may still be put right. */
    getRecentCalls() {
        return this._ask("recent_calls", []);
    }

    getDocuments() {
        return this._ask("get_documents", []);
    }

    getProduct(productId) {
        return this._ask("get_product", [productId]);
    }

    async loadDay() {
        try {
            this.day = await this.orm.silent.call(MODEL, "get_day", []);
        } catch (error) {
            this._onBeatError(error);
        }
    }

    openPromise(followupId) {
        return this._act("open_promise", [followupId]);
    }

    async settlePromise(followupId, outcome) {
        this.error = "";
        const day = await this._ask("settle_promise", [followupId, outcome]);
        this.day = day || this.day;
        return day;
    }

    chooseNumber(number) {
        return this._act("choose_number", [this.claim.id, number]);
    }

    noteClient(values) {
        return this._act("note_client", [this.claim.id, values]);
    }

    /** Clients with exactly this number or name; false when the server refuses. */
    searchClients(query, direction) {
        this.error = "";
        return this._ask("search_clients", [query], { direction });
    }

    /** Ask for a client who was found; the server asks every rule again. */
    callClient(partnerId, campaignId) {
        return this._act("call_client", [partnerId], { campaign_id: campaignId });
    }

    /** A caller is on the line: `values` name the found client or a new one. */
    answerCall(values) {
        return this._act("answer_call", [], values);
    }

    /** For a softphone bridge: the telephone rings with this number. */
    ring(number) {
        this.ringing = number;
    }

    searchProducts(query) {
        return this.orm.silent.call(MODEL, "search_products", [query]);
    }

    /** Call-backs that the client may be promised, soonest first. */
    async getCallbackChoices() {
        if (this.correcting) {
            return [];
        }
        try {
            const args = [this.claim.id];
            return await this.orm.silent.call(MODEL, "callback_choices", args);
        } catch (error) {
            this._onBeatError(error);
            return [];
        }
    }

    /**
     * Keep the lease alive. A ready operator without a client asks for one, but
     * only while he looks at the desk: no client waits for somebody who is away.
     */
    async beat(isWatched) {
        if (this.busy || !this.snapshot || this.state === "offline") {
            return;
        }
        const isFree = this.state === "ready" && !this.claim && !this.isChoosing;
        const asks = isWatched && isFree;
        const { generation } = this;
        try {
            const answer = await this.orm.silent.call(
                MODEL,
                asks ? "claim_next" : "heartbeat",
                []
            );
            this.connectionLost = false;
            if (generation === this.generation) {
                this._apply(answer);
            }
        } catch (error) {
            this._onBeatError(error);
        }
    }

    // ---------------------------------------------------------------- internals

    async _act(method, args = [], kwargs = {}) {
        if (this.busy) {
            return false;
        }
        this.busy = true;
        this.generation++;
        this.error = "";
        try {
            const answer = await this._callUntilAnswered(method, args, kwargs);
            this._apply(answer);
            return answer;
        } catch (error) {
            await this._onActError(error);
            return false;
        } finally {
            this.busy = false;
        }
    }

    /** A question that changes nothing on the desk; false when the server refuses. */
    async _ask(method, args, kwargs = {}) {
        try {
            return await this._callUntilAnswered(method, args, kwargs);
        } catch (error) {
            await this._onActError(error);
            return false;
        }
    }

    /** Send what is typed to the server, once the hands rest. */
    _keepDraft() {
        browser.clearTimeout(this.draftTimer);
        this.draftTimer = browser.setTimeout(() => this._sendDraft(), DRAFT_MS);
    }

    async _sendDraft() {
        const { draft } = this;
        if (this.correcting || !draft.claimId || this.busy) {
            return;
        }
        try {
            await this.orm.silent.call(MODEL, "save_draft", [draft.claimId, draft.stored]);
        } catch (error) {
            this._onBeatError(error);
        }
    }

    _loadDraft(claimId, kept) {
        this.draft = DeskDraft.load(claimId, kept, () => this._keepDraft());
    }

    async _callUntilAnswered(method, args, kwargs) {
        for (let attempt = 0; ; attempt++) {
            try {
                const answer = await this.orm.silent.call(MODEL, method, args, kwargs);
                this.connectionLost = false;
                return answer;
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
                this.connectionLost = true;
                const pauseMs = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)];
                await new Promise((resolve) => browser.setTimeout(resolve, pauseMs));
            }
        }
    }

    /** Words of the server stay on the desk; what it holds is read again. */
    async _onActError(error) {
        if (!isUserError(error)) {
            throw error;
        }
        this.connectionLost = false;
        this.error = error.data?.message || error.message;
        if (this.snapshot) {
            this._apply(await this._callUntilAnswered("open_desk", [], {}));
        }
    }

    _onBeatError(error) {
        if (error instanceof ConnectionLostError) {
            this.connectionLost = true;
        } else if (isUserError(error)) {
            this.error = error.data?.message || error.message;
        } else {
            throw error;
        }
    }

    _apply(snapshot) {
        const claimId = snapshot.claim ? snapshot.claim.id : false;
        const serverNow = deserializeDateTime(snapshot.server_time).toMillis();
        this.clockOffset = serverNow - Date.now();
        this.snapshot = snapshot;
        this.notices = snapshot.notices || this.notices;
        if (!this.correcting && claimId !== this.draft.claimId) {
            this._loadDraft(claimId, snapshot.draft);
        }
    }
}

/** Lives beside the web client: the lease is kept while a lead or client is open. */
export const deskService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const store = reactive(new DeskStore(orm));
        browser.setInterval(
            () => store.beat(document.visibilityState === "visible" && store.onScreen),
            HEARTBEAT_MS
        );
        return store;
    },
};

registry.category("services").add("callcenter_desk", deskService);
