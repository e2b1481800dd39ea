import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { figureText } from "../figures";

const CALLS = [
    { name: "service_level", label: _t("Service level"), unit: "share", flag: ["is_in_time", true] },
    { name: "calls_offered", label: _t("Incoming calls"), unit: "count" },
    { name: "calls_abandoned", label: _t("Abandoned"), unit: "count", flag: ["is_answered", false] },
    { name: "average_wait", label: _t("Average waiting"), unit: "seconds", flag: ["is_answered", true] },
];

/** How soon callers and writers are answered, and who works which channel. */
export class ServicePanel extends Component {
    static template = "callcenter_ops.ServicePanel";
    static props = { service: Object, period: Object, onDrill: Function };

    setup() {
        this.action = useService("action");
        this.text = figureText;
        this.columns = CALLS;
    }

    get goal() {
        const { goal, seconds } = this.props.service;
        return goal
            ? _t("Goal: %(share)s within %(seconds)s s", {
                  share: figureText(goal, "share"),
                  seconds,
              })
            : "";
    }

    /** Below the goal is a word of warning; no figure is none. */
    levelClass(row) {
        const { goal } = this.props.service;
        const isLow = row.service_level !== null && row.service_level < goal;
        return isLow ? "text-danger" : "";
    }

    get channels() {
        const names = new Set(this.props.service.people.flatMap((row) => Object.keys(row.channels)));
        return [...names].sort();
    }

    channelLabel(name) {
        const labels = {
            phone: _t("Telephone"),
            email: _t("Email"),
            chat: _t("Chat"),
            letter: _t("Letter"),
            fax: _t("Fax"),
            visit: _t("Visit"),
        };
        return labels[name] || name;
    }

    /** The PBX's calls behind a figure. */
    async openCalls(column, line) {
        const { first, last } = this.props.period;
        const action = await this.action.loadAction("callcenter_ops.pbx_call_action");
        const domain = [
            ["day", ">=", first],
            ["day", "<=", last],
        ];
        if (column.flag) {
            domain.push([column.flag[0], "=", column.flag[1]]);
        }
        if (line) {
            domain.push(["line", "=", line.name || false]);
        }
        return this.action.doAction({ ...action, name: column.label, domain, context: {} });
    }

    /** The letters answered in the period, or those that wait now. */
    async openLetters(row, which) {
        const { start, end } = this.props.period;
        const answered = [
            ["reply_ids.answered_at", ">=", start],
            ["reply_ids.answered_at", "<", end],
        ];
        const domains = {
            answered,
            waiting: [["state", "!=", "answered"]],
            overdue: [
                ["state", "!=", "answered"],
                ["deadline_at", "<", luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss")],
            ],
        };
        const action = await this.action.loadAction("callcenter_ops.enquiry_action");
        const domain = [["channel", "=", row.channel], ...domains[which]];
        return this.action.doAction({ ...action, name: row.name, domain, context: {} });
    }
}
