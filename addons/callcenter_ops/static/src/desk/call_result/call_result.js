import {
    Component,
    markRaw,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { isEditable, KEYS } from "../desk_keys";
import { ProductSearch } from "../product_search/product_search";

const { Settings } = luxon;
const FIELD_OF = {
    note: ".o_cc_note",
    // The input would open its calendar over the quick choices.
    callback_at: ".o_cc_callback_choice",
    refusal_reason: ".o_cc_refusal",
    refusal_reason_id: ".o_cc_refusal",
    expected_revenue: ".o_cc_revenue",
    product_ids: ".o_cc_product_input",
    promise_amount: ".o_cc_promise_amount",
    promise_date: ".o_cc_promise_date",
};

// Chosen from buttons or a list: digits are no text there.
const CHOSEN = new Set(["callback_at", "refusal_reason", "refusal_reason_id"]);

const totalOf = (products) => {
    const total = products.reduce((sum, product) => sum + (product.list_price || 0), 0);
    return total ? String(total) : "";
};

/** What came of the conversation: one disposition and the fields that it wants. */
export class CallResult extends Component {
    static template = "callcenter_ops.CallResult";
    static components = { DateTimeInput, ProductSearch };
    static props = { onSave: Function };

    setup() {
        this.keys = KEYS;
        this.store = useState(useService("callcenter_desk"));
        this.root = useRef("root");
        this.ui = useService("ui");
        this.state = useState({ callbackChoices: [] });
        this.isTabbed = false;
        useExternalListener(window, "keydown", (ev) => this.onWindowKeydown(ev), {
            capture: true,
        });
        useEffect(
            (dispositionId) => dispositionId && this.focusFirstMissing(),
            () => [this.draft.dispositionId, this.state.callbackChoices]
        );
        useEffect(
            (claimId, wantsCallback) => {
                if (claimId && wantsCallback) {
                    this.loadCallbackChoices();
                }
            },
            () => [this.claim.id, Boolean(this.wants.callback)]
        );
    }

    get claim() {
        return this.store.subject;
    }

    get draft() {
        return this.store.draft;
    }

    get isTalking() {
        return this.claim.state === "talk";
    }

    get wants() {
        const { required = [], needs_callback, makes_lead } = this.store.disposition || {};
        return {
            callback: needs_callback || required.includes("callback_at"),
            refusal: required.some((name) => name.startsWith("refusal_reason")),
            promise: required.includes("promise_date"),
            sale: makes_lead || required.includes("expected_revenue"),
        };
    }

    get missingLabels() {
        const labels = {
            note: _t("a note"),
            callback_at: _t("the time of the call-back"),
            refusal_reason: _t("the reason of the refusal"),
            refusal_reason_id: _t("the reason of the refusal"),
            expected_revenue: _t("the amount"),
            product_ids: _t("a product"),
            promise_amount: _t("the promised sum"),
            promise_date: _t("the day of the payment"),
        };
        return this.store.missing.map((name) => labels[name]).join(", ");
    }

    /** The results in their groups, those that are offered at all. */
    get groups() {
        const labels = {
            result: _t("Result"),
            agreement: _t("To be continued"),
            refusal: _t("Refusal"),
            unreached: _t("Not reached"),
        };
        return Object.entries(labels)
            .map(([name, label]) => ({
                name,
                label,
                options: this.claim.dispositions.filter((one) => one.group === name),
            }))
            .filter((group) => group.options.length);
    }

    /** Goods are named by whoever was reached. */
    get wantsProducts() {
        return this.store.disposition && this.store.disposition.group !== "unreached";
    }

    // --------------------------------------------------------- call-back picker

    /** The call-back on the client's clock, as a picker in our own zone shows it. */
    get callbackValue() {
        const { callbackAt } = this.draft;
        return callbackAt
            ? markRaw(
                  callbackAt
                      .setZone(this.claim.timezone)
                      .setZone(Settings.defaultZone, { keepLocalTime: true })
              )
            : false;
    }

    get callbackHint() {
        const { callbackAt } = this.draft;
        return callbackAt
            ? _t("%(client)s for the client, %(own)s for you", {
                  client: callbackAt.setZone(this.claim.timezone).toFormat("dd.MM HH:mm"),
                  own: formatDateTime(callbackAt, { format: `${localization.dateFormat} HH:mm` }),
              })
            : "";
    }

    async loadCallbackChoices() {
        this.state.callbackChoices = [];
        const choices = await this.store.getCallbackChoices();
        this.state.callbackChoices = choices.map(({ label, at }) => ({
            label,
            at: markRaw(deserializeDateTime(at)),
        }));
    }

    onCallbackPicked(value) {
        const moment = value
            ? value.setZone(this.claim.timezone, { keepLocalTime: true })
            : false;
        this.setCallback(moment);
    }

    setCallback(moment) {
        this.update({ callbackAt: moment ? markRaw(moment) : false });
    }

    // ------------------------------------------------------------------ editing

    update(values) {
        Object.assign(this.draft, values);
        this.draft.store();
    }

    choose(disposition) {
        this.update({ dispositionId: disposition.id });
    }

    onRefusalChosen(ev) {
        this.update({ refusalReasonId: Number(ev.target.value) || false });
    }

    /** The whole debt, as soon as possible, is what an operator asks for first. */
    promiseAll() {
        this.update({ promiseAmount: String(this.claim.debt.debt_total) });
    }

    get promiseDays() {
        const today = this.store.now;
        return [0, 1, 3, 7].map((days) => ({
            label: today.plus({ days }).toFormat("dd.MM"),
            value: today.plus({ days }).toISODate(),
        }));
    }

    /** The amount follows the prices of what is chosen, unless it was typed. */
    toggleProduct(product) {
        const { products, expectedRevenue } = this.draft;
        const others = products.filter((chosen) => chosen.id !== product.id);
        const added = others.length === products.length;
        const chosen = added ? [...products, product] : others;
        const isTyped = expectedRevenue && expectedRevenue !== totalOf(products);
        this.update({
            products: chosen,
            expectedRevenue: isTyped ? expectedRevenue : totalOf(chosen),
        });
    }

    onNoteKeydown(ev) {
        if (ev.key === "Enter" && !ev.shiftKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onSave();
        }
    }

    /** What is chosen is focused at once; what is typed waits for Tab. */
    focusFirstMissing() {
        const [name] = this.store.missing;
        if ((CHOSEN.has(name) && !this.ui.isSmall) || this.isTabbed) {
            this.isTabbed = false;
            this.root.el.querySelector(FIELD_OF[name])?.focus();
        }
    }

    /** Tab goes from the results to the field that is wanted next. */
    onWindowKeydown(ev) {
        const isFree = !isEditable(ev.target) && this.ui.activeElement === document;
        const selector = FIELD_OF[this.store.missing[0]];
        const isOurs = ev.key === "Tab" && !ev.shiftKey && isFree && selector;
        if (isOurs && !ev.target.closest?.(".o_cc_callback, .o_cc_panel")) {
            ev.preventDefault();
            const field = this.root.el?.querySelector(selector);
            field?.focus();
            // The result was chosen this very moment: its field is still to come.
            this.isTabbed = !field;
        }
    }

    /** Enter in a field: on to what is still wanted, or save. */
    onFieldKeydown(ev) {
        if (ev.key !== "Enter" || ev.ctrlKey) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        const selector = FIELD_OF[this.store.missing[0]];
        if (selector) {
            this.root.el.querySelector(selector)?.focus();
        } else {
            this.props.onSave();
        }
    }
}
