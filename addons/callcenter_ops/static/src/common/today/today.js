import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { listedName } from "../whole_names/listed_names";

// A team at work moves: it is looked at anew so often.
const LOOK_EVERY = 30000;
const MOST_LINES = 12;
const MINUTE = 60000;

/** The first screen of each role: what waits by its deadline, figures, team, newcomers. */
export class Today extends Component {
    static template = "callcenter_ops.Today";
    static props = { ...standardActionServiceProps };
    static displayName = _t("Today");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.extras = registry.category("callcenter_today");
        this.state = useState({ parts: [], now: Date.now(), whole: {}, zeros: {} });
        onWillStart(() => Promise.all([this.askRole(), this.load()]));
        const timer = browser.setInterval(() => this.look(), LOOK_EVERY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    async askRole() {
        this.mayHire = await user.hasGroup("callcenter_ops.group_hr");
    }

    async load() {
        const parts = await this.orm.silent.call("callcenter.today", "get_screen");
        Object.assign(this.state, { parts, now: Date.now() });
    }

    /** Only a team changes by itself; a server that is away is no reason for a dialog. */
    async look() {
        if (!this.state.parts.some((part) => part.team)) {
            return;
        }
        try {
            await this.load();
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    // ----------------------------------------------------------------- what is shown

    get today() {
        return luxon.DateTime.now().toFormat("cccc, d MMMM");
    }

    extra(role) {
        return this.extras.get(role, null);
    }

    linesOf(part) {
        return this.state.whole[part.role] ? part.work : part.work.slice(0, MOST_LINES);
    }

    hiddenLines(part) {
        return part.work.length - this.linesOf(part).length;
    }

    showWhole(part) {
        this.state.whole[part.role] = true;
    }

    some(counts) {
        return counts.filter((one) => one.count);
    }

    zeros(counts) {
        return counts.filter((one) => !one.count);
    }

    isUndated(part) {
        return !part.work.some((line) => line.due);
    }

    dueText({ due }) {
        if (!due) {
            return "";
        }
        return due.includes(" ") ? deserializeDateTime(due).toFormat("dd.MM HH:mm") : formatDate(deserializeDate(due));
    }

    since({ since }) {
        if (!since) {
            return "";
        }
        const minutes = Math.max(0, Math.floor((this.state.now - deserializeDateTime(since).toMillis()) / MINUTE));
        return minutes < 60 ? _t("%s min", minutes) : _t("%(hours)s h %(minutes)s min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    }

    shortName(name) {
        return listedName(name);
    }

    // ------------------------------------------------------------------ what is done

    open(action) {
        return this.action.doAction(action, { onClose: () => this.load() });
    }

    /** A step opens something, or asks the server for it; what comes back is opened. */
    async take(step) {
        if (step.action) {
            return this.open(step.action);
        }
        const { model, method, ids } = step.call;
        const answer = await this.orm.call(model, method, [ids]);
        if (answer?.type && answer.type !== "ir.actions.act_window_close") {
            return this.open(answer);
        }
        return this.load();
    }

    hire() {
        return this.open("callcenter_ops.hire_action");
    }
}

registry.category("actions").add("callcenter_ops.today", Today);
