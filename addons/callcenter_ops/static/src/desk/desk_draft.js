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
    constructor(claimId, values = {}) {
        this.claimId = claimId;
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

    /** The draft of a claim, as a reload or a crash of the tab left it. */
    static load(claimId) {
        const text = claimId && browser.sessionStorage.getItem(STORAGE_PREFIX + claimId);
        return new DeskDraft(claimId, text ? JSON.parse(text) : {});
    }

    store() {
        if (this.claimId) {
            const text = JSON.stringify({ ...this, callbackAt: this.callbackText });
            browser.sessionStorage.setItem(STORAGE_PREFIX + this.claimId, text);
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
