import { markRaw } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";

const STORAGE_PREFIX = "callcenter_desk.draft.";

const readAmount = (typed) => {
    const text = String(typed).replace(/\s/g, "").replace(",", ".");
    return text ? Number(text) : false;
};

/** What the operator has typed about the claim in hand and not saved yet. */
export class DeskDraft {
    /**
     * @param {number|string|false} claimId
     * @param {Object} values as ``stored`` gives them
     * @param {Function} keep called with each change, to keep it on the server too
     */
    constructor(claimId, values = {}, keep = () => {}) {
        this.claimId = claimId;
        this.keep = keep;
        this.dispositionId = values.dispositionId || false;
        this.note = values.note || "";
        this.callbackAt = values.callbackAt
            ? markRaw(deserializeDateTime(values.callbackAt))
            : false;
        this.personal = values.personal ?? true;
        this.refusalReasonId = values.refusalReasonId || false;
        this.expectedRevenue = values.expectedRevenue || "";
        this.products = values.products || [];
        this.promiseAmount = values.promiseAmount || "";
        this.promiseDate = values.promiseDate || "";
        // Answers of the client on the way through the script, by id.
        this.path = values.path || [];
    }

    /** The draft of a claim, as a reload left it here or a crash on the server. */
    static load(claimId, kept, keep) {
        const text = claimId && browser.sessionStorage.getItem(STORAGE_PREFIX + claimId);
        return new DeskDraft(claimId, text ? JSON.parse(text) : kept || {}, keep);
    }

    /** What is typed, as plain values. */
    get stored() {
        const { claimId, keep, ...values } = this;
        return { ...values, callbackAt: this.callbackText };
    }

    store() {
        if (this.claimId) {
            const text = JSON.stringify(this.stored);
            browser.sessionStorage.setItem(STORAGE_PREFIX + this.claimId, text);
            this.keep();
        }
    }

    forget() {
        browser.sessionStorage.removeItem(STORAGE_PREFIX + this.claimId);
    }

    /** The call-back moment as the server takes it: UTC text. */
    get callbackText() {
        return this.callbackAt ? serializeDateTime(this.callbackAt) : false;
    }

    get revenue() {
        return readAmount(this.expectedRevenue);
    }

    get promised() {
        return readAmount(this.promiseAmount);
    }

    /**
     * Names of the fields that the disposition wants and that are still empty.
     *
     * @param {{required: string[], needs_callback: boolean}} disposition
     */
    missing(disposition) {
        const filled = {
            note: this.note.trim(),
            callback_at: this.callbackAt,
            refusal_reason: this.refusalReasonId,
            refusal_reason_id: this.refusalReasonId,
            expected_revenue: this.revenue,
            product_ids: this.products.length,
            promise_amount: this.promised,
            promise_date: this.promiseDate,
        };
        const wanted = new Set(disposition.required);
        if (disposition.needs_callback) {
            wanted.add("callback_at");
        }
        return [...wanted].filter((name) => name in filled && !filled[name]);
    }

    /** The ``values`` argument of ``finish_call``. */
    get values() {
        return {
            note: this.note.trim(),
            callback_at: this.callbackText,
            personal: this.personal,
            refusal_reason_id: this.refusalReasonId,
            expected_revenue: this.revenue,
            product_ids: this.products.map((product) => product.id),
            promise_amount: this.promised,
            promise_date: this.promiseDate || false,
            script_path: this.path,
        };
    }
}
