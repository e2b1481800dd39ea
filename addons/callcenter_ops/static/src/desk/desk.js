import {
    Component,
    markup,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { isMobileOS } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { OPERATOR_STATES, OperatorState } from "../common/operator_state/operator_state";
import { CallResult } from "./call_result/call_result";
import { ClientCard } from "./client_card/client_card";
import { ClientNote } from "./client_note/client_note";
import { ClientSearch } from "./client_search/client_search";
import { isEditable, isList, KEYS, pressedKey } from "./desk_keys";
import { DocumentsPanel } from "./documents_panel/documents_panel";
import { IdlePanel } from "./idle_panel/idle_panel";
import { OwnResults } from "./own_results/own_results";
import { ProductPanel } from "./product_panel/product_panel";
import { ScriptGuide } from "./script_guide/script_guide";
import { Timer } from "./timer/timer";

// Panels whose first field is typed into: Escape closes them all the same.
const SEARCHES = ["find", "answer", "documents", "product", "note", "release", "tools"];

/** The operator's desk: everything between two telephone calls, by keyboard alone. */
export class Desk extends Component {
    static template = "callcenter_ops.Desk";
    static components = {
        CallResult,
        ClientCard,
        ClientNote,
        ClientSearch,
        DocumentsPanel,
        IdlePanel,
        OperatorState,
        OwnResults,
        ProductPanel,
        ScriptGuide,
        Timer,
    };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Desk");

    setup() {
        this.keys = KEYS;
        this.root = useRef("root");
        this.ui = useService("ui");
        this.store = useState(useService("callcenter_desk"));
        this.state = useState({ panel: "", releaseReason: "", tab: "client" });
        useAutofocus();
        onWillStart(() => this.open());
        onMounted(() => {
            this.store.onScreen = true;
            if (this.claim) {
                // Whoever has no client loads the day with the panel that shows it.
                this.store.loadDay();
            }
        });
        onWillUnmount(() => (this.store.onScreen = false));
        useEffect(
            (number) => number && this.canAnswer && this.setPanel("answer"),
            () => [this.store.ringing]
        );
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), {
            capture: true,
        });
    }

    // ------------------------------------------------------------------ reading

    get claim() {
        return this.store.claim;
    }

    get script() {
        // The server renders the script from its own template and sanitises it.
        return this.claim.script ? markup(this.claim.script) : false;
    }

    /** How long the state may last, in seconds; nobody is to blame for waiting. */
    get timerLimit() {
        const { state, snapshot } = this.store;
        if (state === "pause") {
            return snapshot.pause_reason?.limit_seconds || undefined;
        }
        return state === "ready" ? undefined : OPERATOR_STATES[state].limit;
    }

    get pauseLabel() {
        return this.claim ? _t("Pause after the call") : _t("Pause");
    }

    /** What whoever sees no screen is told: a state, a client, a saved result. */
    get announcement() {
        const { state, saved } = this.store;
        const isNew = this.claim?.state === "preview";
        return [
            saved && state !== "talk" && _t("The result is saved."),
            OPERATOR_STATES[state].label,
            isNew && _t("New client: %s", this.claim.partner.name),
        ]
            .filter(Boolean)
            .join(" ");
    }

    get timerStart() {
        const isTalk = this.store.state === "talk";
        return (isTalk && this.claim.call_started_at) || this.store.snapshot.state_since;
    }

    get isTalking() {
        return this.store.state === "talk";
    }

    /** Whom to call is chosen with free hands; who rings is answered even from a look. */
    get canFind() {
        return !this.claim && this.store.state !== "offline";
    }

    get canAnswer() {
        return this.store.state !== "offline" && this.claim?.state !== "talk";
    }

    get figures() {
        const { figures } = this.store.snapshot;
        const planOf = (key) => this.store.day?.plan?.find((one) => one.name === key)?.plan;
        const labels = {
            attempts: _t("Attempts"),
            contacts: _t("Contacts"),
            sales: _t("Customer orders"),
        };
        return Object.entries(labels).map(([key, label]) => ({
            key,
            label,
            value: figures[key],
            plan: planOf(key),
        }));
    }

    /** What is looked up beside the call, with its key. */
    get tools() {
        const all = [
            { panel: "documents", css: "o_cc_open_documents", icon: "fa-book", label: _t("Documents"), key: KEYS.documents, isShown: true },
            { panel: "product", css: "o_cc_open_product", icon: "fa-tag", label: _t("Product"), key: KEYS.product, isShown: true },
            { panel: "correct", css: "o_cc_open_results", icon: "fa-undo", label: _t("My last results"), key: "⌫", isShown: !this.isTalking },
            { panel: "find", css: "o_cc_find", icon: "fa-search", label: _t("Find a client"), key: KEYS.find, isShown: this.canFind },
            { panel: "answer", css: "o_cc_answer_call", icon: "fa-volume-control-phone", label: _t("Incoming"), key: KEYS.answer, isShown: this.canAnswer },
        ];
        return all.filter((one) => one.isShown);
    }

    useTool({ panel }) {
        return panel === "correct" ? this.onCorrectKey() : this.toggle(panel);
    }

    // ------------------------------------------------------------------ actions

    /** Another screen may send the operator here with a promise to keep. */
    async open() {
        await this.store.open();
        const promise = this.props.action?.params?.followup_id;
        if (promise && !this.claim) {
            await this.store.openPromise(promise);
        }
    }

    /** F2: whatever moves the day on from here. */
    primary() {
        const { store } = this;
        if (this.claim) {
            return this.claim.state === "preview" ? this.dial() : undefined;
        }
        if (store.clearance) {
            return store.open();
        }
        return store.state === "ready" ? store.nextClient() : store.goReady();
    }

    startCall() {
        if (this.claim?.state === "preview") {
            this.state.tab = "result";
            return this.store.startCall();
        }
    }

    /**
     * A telephone dials its own link; at a computer a softphone that has registered
     * itself as a bridge does, and without one the operator dials on his set.
     */
    dial() {
        if (isMobileOS()) {
            this.root.el.querySelector(".o_cc_phone")?.click();
            return;
        }
        const [bridge] = registry.category("callcenter_phone_bridges").getAll();
        bridge?.dial(this.claim.phone);
        return this.startCall();
    }

    onCallKey() {
        if (this.isTalking) {
            return this.store.endCall();
        }
        return this.claim?.state === "preview" ? this.dial() : undefined;
    }

    async save() {
        const { store } = this;
        if (!store.canSave) {
            return;
        }
        const pauseAfter = store.pauseAfterCall && !store.correcting;
        if (await store.saveResult()) {
            this.state.tab = "client";
            document.activeElement?.blur();
            if (pauseAfter) {
                this.setPanel("pause");
            }
        }
    }

    async pause(reason) {
        this.setPanel("");
        if (this.claim) {
            this.store.pauseAfterCall = true;
        } else {
            await this.store.pause(reason.id);
        }
    }

    onPauseKey() {
        if (this.claim) {
            this.store.pauseAfterCall = !this.store.pauseAfterCall;
        } else {
            this.toggle("pause");
        }
    }

    async release() {
        const reason = this.state.releaseReason.trim();
        if (reason && this.claim) {
            this.state.panel = "";
            this.state.releaseReason = "";
            await this.store.release(reason);
        }
    }

    onSearchDone() {
        this.setPanel("");
        this.state.tab = this.claim?.state === "talk" ? "result" : "client";
    }

    toggle(panel) {
        this.setPanel(this.state.panel === panel ? "" : panel);
    }

    setPanel(panel) {
        this.state.panel = panel;
        if (panel !== "answer") {
            this.store.ringing = "";
        }
        this.store.isChoosing = Boolean(panel);
        if (!panel && document.activeElement?.closest(".o_cc_panel")) {
            // The next key is a hot key, even before the panel is gone.
            document.activeElement.blur();
        }
    }

    onCorrectKey() {
        if (this.store.correcting) {
            this.store.leaveCorrection();
        } else if (this.claim?.state !== "talk") {
            this.toggle("correct");
        }
    }

    chooseOtherNumber() {
        const [number] = this.claim.other_numbers;
        return number && this.claim.state === "preview"
            ? this.store.chooseNumber(number)
            : undefined;
    }

    // ----------------------------------------------------------------- keyboard

    onKeydown(ev) {
        const key = pressedKey(ev);
        if (!key || ev.repeat || this.ui.activeElement !== document) {
            return;
        }
        const handler = this.keyHandler(key, ev);
        if (handler) {
            ev.preventDefault();
            ev.stopPropagation();
            handler();
        }
    }

    /** What a key does here and now; nothing where it belongs to a text field. */
    keyHandler(key, ev) {
        const always = {
            [KEYS.primary]: () => this.primary(),
            [KEYS.pause]: () => this.onPauseKey(),
            [KEYS.call]: () => this.onCallKey(),
            [KEYS.save]: () => this.save(),
            [KEYS.release]: () => this.claim && this.toggle("release"),
            [KEYS.find]: () => this.canFind && this.toggle("find"),
            [KEYS.answer]: () => this.canAnswer && this.toggle("answer"),
            [KEYS.documents]: () => this.toggle("documents"),
            [KEYS.product]: () => this.toggle("product"),
        };
        if (key === "Enter" && ev.ctrlKey) {
            return () => this.save();
        }
        if (always[key]) {
            return always[key];
        }
        if (key === "Escape" && SEARCHES.includes(this.state.panel)) {
            return () => this.setPanel("");
        }
        const isDigit = /^\d$/.test(key) && isList(ev.target);
        return isEditable(ev.target) && !isDigit
            ? this.fieldKeyHandler(key, ev.target)
            : this.freeKeyHandler(key, ev.target);
    }

    /** Escape leaves a field, so that the letters are hot keys again. */
    fieldKeyHandler(key, target) {
        return key === "Escape" && !target.closest(".o_cc_callback")
            ? () => target.blur()
            : false;
    }

    freeKeyHandler(key, target) {
        const byPanel = { pause: "pauseKeyHandler", "": "resultKeyHandler" };
        if (key === "Escape" && (this.state.panel || this.store.correcting)) {
            return () => this.leave();
        }
        const free = {
            [KEYS.correct]: () => this.onCorrectKey(),
            [KEYS.note]: () => this.claim && this.toggle("note"),
            "+": () => this.claim && this.chooseOtherNumber(),
        };
        if (free[key]) {
            return free[key];
        }
        if (key === "Enter" && !target.closest?.("button, a")) {
            return () => (this.store.disposition ? this.save() : this.primary());
        }
        const method = byPanel[this.state.panel];
        return method ? this[method](key) : false;
    }

    leave() {
        if (this.state.panel) {
            this.setPanel("");
        } else {
            this.store.leaveCorrection();
        }
    }

    pauseKeyHandler(key) {
        const reason = this.store.snapshot.pause_reasons[Number(key) - 1];
        return reason ? () => this.pause(reason) : false;
    }

    resultKeyHandler(key) {
        if (key === "/" && this.store.subject) {
            return () => this.root.el.querySelector(".o_cc_product_input")?.focus();
        }
        const { subject } = this.store;
        const option =
            subject?.state === "talk" &&
            subject.dispositions.find((one) => one.hotkey?.toUpperCase() === key);
        return option ? () => this.choose(option) : false;
    }

    choose(option) {
        this.state.tab = "result";
        this.store.draft.dispositionId = option.id;
        this.store.draft.store();
    }
}

registry.category("actions").add("callcenter_ops.desk", Desk);
