import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { figureText } from "../dashboard/figures";

const ORDER = ["talk", "preview", "wrap", "ready", "pause", "offline"];
// Seconds after which a state asks for a look, and for a word.
const THRESHOLDS = {
    ready: [120, 300],
    preview: [60, 120],
    talk: [300, 600],
    wrap: [60, 180],
    pause: [900, 1800],
};

/** Live states of all operators; fed by messages, never by asking again. */
export class Wallboard extends Component {
    static template = "callcenter_ops.Wallboard";
    static props = { ...standardActionServiceProps };
    static displayName = _t("Wallboard");

    setup() {
        this.orm = useService("orm");
        this.bus = useService("bus_service");
        this.state = useState({ operators: {}, queue: [], service: false, companies: [], departments: false, now: 0 });
        this.offset = 0;
        onWillStart(() => this.load());
        this.listen("callcenter_ops.operator_state", (message) => this.onState(message));
        this.listen("callcenter_ops.call", (message) => this.onCall(message));
        this.listen("callcenter_ops.service", (message) => this.onService(message));
        const ticker = browser.setInterval(() => (this.state.now = Date.now()), 1000);
        onWillUnmount(() => browser.clearInterval(ticker));
    }

    listen(kind, callback) {
        this.bus.subscribe(kind, callback);
        onWillUnmount(() => this.bus.unsubscribe(kind, callback));
    }

    async load() {
        const data = await this.orm.call("callcenter.wallboard", "get_data");
        this.offset = deserializeDateTime(data.server_time).toMillis() - Date.now();
        Object.assign(this.state, {
            operators: Object.fromEntries(data.operators.map((row) => [row.id, row])),
            queue: data.queue,
            service: data.service,
            companies: data.company_ids,
            departments: data.department_ids,
            now: Date.now(),
        });
    }

    /** Messages come from all departments; a supervisor watches his own. */
    isWatched({ company_id, department_id }) {
        const { companies, departments } = this.state;
        const isOwn = !departments || !department_id || departments.includes(department_id);
        return isOwn && companies.includes(company_id);
    }

    onState({ id, company_id, department_id, ...state }) {
        if (!this.isWatched({ company_id, department_id })) {
            return;
        }
        if (this.state.operators[id]) {
            Object.assign(this.state.operators[id], state);
        } else {
            // Appointed after this screen was opened.
            this.load();
        }
    }

    onService(message) {
        if (message.company_id === this.state.service.company_id) {
            this.state.service = message;
        }
    }

    onCall({ id, company_id, campaign_id, attempts, contacts, sales }) {
        const operator = this.state.operators[id];
        if (operator && this.state.companies.includes(company_id)) {
            operator.attempts += attempts;
            operator.contacts += contacts;
            operator.sales += sales;
        }
        const campaign = this.state.queue.find((row) => row.id === campaign_id);
        if (campaign && campaign.left) {
            campaign.left--;
        }
    }

    // ------------------------------------------------------------------ reading

    get operators() {
        const place = (row) => ORDER.indexOf(row.state);
        return Object.values(this.state.operators).sort(
            (one, other) =>
                place(one) - place(other) || one.name.localeCompare(other.name)
        );
    }

    get counts() {
        const labels = this.stateLabels;
        const rows = Object.values(this.state.operators);
        return ORDER.map((name) => ({
            name,
            label: labels[name],
            count: rows.filter((row) => row.state === name).length,
        }));
    }

    get totals() {
        const sum = (name) =>
            Object.values(this.state.operators).reduce((total, row) => total + row[name], 0);
        return [
            { name: "attempts", label: _t("Attempts"), value: sum("attempts") },
            { name: "contacts", label: _t("Contacts"), value: sum("contacts") },
            { name: "sales", label: _t("Customer orders"), value: sum("sales") },
        ];
    }

    /** Today's service: of incoming calls where the PBX tells them, of letters. */
    get service() {
        const figures = this.state.service;
        const isLow = figures.service_level !== null && figures.service_level < figures.goal;
        const calls = [
            {
                name: "service_level",
                label: _t("Service level, goal %s", figureText(figures.goal, "share")),
                value: figureText(figures.service_level, "share"),
                alarm: isLow ? "danger" : "",
            },
            {
                name: "calls_abandoned",
                label: _t("Abandoned of %s", figures.calls_offered),
                value: figures.calls_abandoned,
                alarm: figures.calls_abandoned ? "warning" : "",
            },
        ];
        const letters = {
            name: "letters_waiting",
            label: figures.letters_overdue
                ? _t("Letters to answer, overdue: %s", figures.letters_overdue)
                : _t("Letters to answer"),
            value: figures.letters_waiting,
            alarm: figures.letters_overdue ? "danger" : "",
        };
        return [...(figures.calls_offered ? calls : []), letters];
    }

    get stateLabels() {
        return {
            offline: _t("Offline"),
            ready: _t("Ready"),
            preview: _t("Preview"),
            talk: _t("Talk"),
            wrap: _t("Wrap-up"),
            pause: _t("Pause"),
        };
    }

    seconds(row) {
        const now = (this.state.now || Date.now()) + this.offset;
        const since = row.since && deserializeDateTime(row.since).toMillis();
        return since ? Math.max(0, Math.floor((now - since) / 1000)) : 0;
    }

    clock(row) {
        const seconds = this.seconds(row);
        const minutes = String(Math.floor(seconds / 60)).padStart(2, "0");
        return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
    }

    /** Green, yellow, red: by the threshold of the state or the limit of the pause. */
    alarm(row) {
        const [look, speak] = THRESHOLDS[row.state] || [Infinity, Infinity];
        const now = (this.state.now || Date.now()) + this.offset;
        const isOverdue = row.deadline && deserializeDateTime(row.deadline).toMillis() < now;
        if (isOverdue || this.seconds(row) >= speak) {
            return "danger";
        }
        return this.seconds(row) >= look ? "warning" : "";
    }

    toggleFullScreen() {
        if (document.fullscreenElement) {
            document.exitFullscreen();
        } else {
            document.querySelector(".o_cc_wallboard").requestFullscreen();
        }
    }
}

registry.category("actions").add("callcenter_ops.wallboard", Wallboard);
