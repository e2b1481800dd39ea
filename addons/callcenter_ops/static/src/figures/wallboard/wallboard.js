import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { OPERATOR_STATES, OperatorState } from "../../common/operator_state/operator_state";
import { shortName } from "../../common/short_name";
import { figureText } from "../dashboard/figures";
import { LongestWaits } from "./longest_waits/longest_waits";
import { OperatorActions } from "./operator_actions/operator_actions";

const ORDER = Object.keys(OPERATOR_STATES);
const TROUBLE = ["danger", "warning", ""];
// What fills the board: so many columns up to so many operators.
const COLUMNS = [
    [8, 2],
    [15, 3],
    [24, 4],
    [Infinity, 5],
];
const LOOK_EVERY = 60000;
// Calls of many operators ask for the queue together.
const QUEUE_PAUSE = 5000;
// A look or two that did not come, and what is shown may be old.
const STALE_AFTER = 130000;

/**
 * Live states of all operators. Messages say what has become of a row; a look every
 * minute finds what was lost on the way, and a board that cannot look says so.
 */
export class Wallboard extends Component {
    static template = "callcenter_ops.Wallboard";
    static components = { LongestWaits, OperatorState };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Wallboard");

    setup() {
        this.orm = useService("orm");
        this.bus = useService("bus_service");
        this.dialog = useService("dialog");
        this.shortName = shortName;
        this.state = useState({ operators: {}, queue: [], plan: {}, service: false, companies: [], departments: false, day: "", now: 0, seenAt: 0 });
        this.offset = 0;
        onWillStart(() => this.load());
        this.listen("callcenter_ops.operator_state", (message) => this.onState(message));
        this.listen("callcenter_ops.operator_day", (message) => this.onDay(message));
        this.listen("callcenter_ops.campaigns", (message) => this.onCampaigns(message));
        this.listen("callcenter_ops.service", (message) => this.onService(message));
        this.every(1000, () => (this.state.now = Date.now()));
        this.every(LOOK_EVERY, () => this.look());
        onWillUnmount(() => browser.clearTimeout(this.asked));
        for (const kind of ["BUS:RECONNECT", "BUS:CONNECT"]) {
            useBus(this.bus, kind, () => this.look());
        }
    }

    every(milliseconds, callback) {
        const timer = browser.setInterval(callback, milliseconds);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    listen(kind, callback) {
        this.bus.subscribe(kind, callback);
        onWillUnmount(() => this.bus.unsubscribe(kind, callback));
    }

    /** What the server holds, in place of what is shown. */
    look() {
        return this.withoutNoise(() => this.load());
    }

    /** A server that does not answer is told by the mark of age, not by a dialog. */
    async withoutNoise(callback) {
        try {
            await callback();
        } catch (error) {
            if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
                throw error;
            }
        }
    }

    async load() {
        const start = Date.now();
        const data = await this.orm.silent.call("callcenter.wallboard", "get_data");
        const held = this.state.operators;
        this.offset = deserializeDateTime(data.server_time).toMillis() - Date.now();
        const rows = data.operators.map((row) => newest(row, held[row.id], start));
        Object.assign(this.state, {
            operators: Object.fromEntries(rows.map((row) => [row.id, row])),
            queue: data.queue,
            plan: data.plan,
            service: data.service,
            companies: data.company_ids,
            departments: data.department_ids,
            day: data.day,
            now: Date.now(),
            seenAt: Date.now(),
        });
    }

    /** When the board looked last, once that is too long ago; else nothing. */
    get staleSince() {
        const { now, seenAt } = this.state;
        return now - seenAt > STALE_AFTER ? luxon.DateTime.fromMillis(seenAt).toFormat("HH:mm") : "";
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
        const row = this.state.operators[id];
        if (!row) {
            // Appointed after this screen was opened.
            this.look();
        } else if (isLater(state, row)) {
            Object.assign(row, state, { heardAt: Date.now() });
        }
    }

    onDay({ id, company_id, department_id, day, ...figures }) {
        if (!this.isWatched({ company_id, department_id })) {
            return;
        }
        const row = this.state.operators[id];
        if (day > this.state.day) {
            this.look();
        } else if (row && day === this.state.day && figures.seq > row.seq) {
            Object.assign(row, figures, { heardAt: Date.now() });
        }
        this.askQueue();
    }

    onCampaigns({ company_id }) {
        if (this.state.companies.includes(company_id)) {
            this.look();
        }
    }

    /** Calls move clients in and out of the queue: it is read anew, not guessed. */
    askQueue() {
        this.asked ??= browser.setTimeout(() => {
            this.asked = undefined;
            return this.withoutNoise(async () => {
                this.state.queue = await this.orm.silent.call("callcenter.wallboard", "get_queue");
            });
        }, QUEUE_PAUSE);
    }

    onService(message) {
        if (message.company_id === this.state.service.company_id) {
            this.state.service = message;
        }
    }

    // ------------------------------------------------------------------ reading

    /** Whoever needs a word stands first, then who has been in his state longest. */
    get operators() {
        const trouble = (row) => TROUBLE.indexOf(this.alarm(row));
        const place = (row) => ORDER.indexOf(row.state);
        return Object.values(this.state.operators).sort(
            (one, other) =>
                trouble(one) - trouble(other) ||
                place(one) - place(other) ||
                String(one.since).localeCompare(String(other.since)) ||
                one.name.localeCompare(other.name)
        );
    }

    get columns() {
        const count = this.operators.length;
        return COLUMNS.find(([most]) => count <= most)[1];
    }

    get counts() {
        const rows = Object.values(this.state.operators);
        return ORDER.map((name) => ({
            name,
            ...OPERATOR_STATES[name],
            count: rows.filter((row) => row.state === name).length,
        }));
    }

    /** How long ago the board looked. */
    get age() {
        const { now, seenAt } = this.state;
        return _t("Updated %s s ago", Math.max(0, Math.round((now - seenAt) / 1000)));
    }

    get totals() {
        const sum = (name) =>
            Object.values(this.state.operators).reduce((total, row) => total + row[name], 0);
        return [
            { name: "attempts", label: _t("Attempts"), value: sum("attempts"), plan: this.state.plan.attempts },
            { name: "contacts", label: _t("Contacts"), value: sum("contacts"), plan: this.state.plan.contacts },
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
        const { look = Infinity, limit = Infinity } = OPERATOR_STATES[row.state];
        const now = (this.state.now || Date.now()) + this.offset;
        const isOverdue = row.deadline && deserializeDateTime(row.deadline).toMillis() < now;
        if (isOverdue || this.seconds(row) >= limit) {
            return "danger";
        }
        return this.seconds(row) >= look ? "warning" : "";
    }

    openActions({ id, name }) {
        this.dialog.add(OperatorActions, { employeeId: id, name });
    }

    toggleFullScreen() {
        if (document.fullscreenElement) {
            document.exitFullscreen();
        } else {
            document.querySelector(".o_cc_wallboard").requestFullscreen();
        }
    }
}

/** Moments of the server are texts whose order is that of time. */
function isLater(state, row) {
    return !row.since || !state.since || state.since >= row.since;
}

/** A row as looked at, with what messages told of it since the look began. */
function newest(row, held, start) {
    if (!held?.heardAt || held.heardAt < start) {
        return row;
    }
    const { state, since, deadline, pause_reason } = isLater(row, held) ? row : held;
    const { attempts, contacts, sales, seq } = held.seq > row.seq ? held : row;
    return { ...row, state, since, deadline, pause_reason, attempts, contacts, sales, seq };
}

registry.category("actions").add("callcenter_ops.wallboard", Wallboard);
