import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { DeskDraft } from "./desk_draft";

const { DateTime } = luxon;
const MODEL = "callcenter.desk";
export const HEARTBEAT_MS = 20000;
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
        this.busy = false;
        this.connectionLost = false;
        this.error = "";
        this.saved = false;
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

    get disposition() {
        const options = this.claim ? this.claim.dispositions : [];
        return options.find((option) => option.id === this.draft.dispositionId) || false;
    }

    get missing() {
        return this.disposition ? this.draft.missing(this.disposition) : [];
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
        const { draft } = this;
        const answer = await this._act(
            "finish_call",
            [this.claim.id, draft.dispositionId, draft.values],
            { claim_next: !this.pauseAfterCall }
        );
        if (answer) {
            draft.forget();
            this.saved = answer.saved;
            this.pauseAfterCall = false;
        }
        return answer;
    }

    /** Clients with exactly this number or name; false when the server refuses. */
    async searchClients(query, direction) {
        this.error = "";
        try {
            const answer = await this._callUntilAnswered("search_clients", [query], {
                direction,
            });
            return answer;
        } catch (error) {
            await this._onActError(error);
            return false;
        }
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
        if (claimId !== this.draft.claimId) {
            this.draft = DeskDraft.load(claimId);
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
