import { Component, onWillStart, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, deserializeDateTime, serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { OPERATOR_STATES, OperatorState } from "../../common/operator_state/operator_state";
import { figureText } from "../dashboard/figures";

const STATES = ["ready", "preview", "talk", "wrap", "pause"];
const HOUR_MS = 3600000;

/** A day of each operator as a picture: states in their colours, sums beside. */
export class OperatorTimeline extends Component {
    static template = "callcenter_ops.OperatorTimeline";
    static components = { DateTimeInput, OperatorState };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Timeline");

    setup() {
        this.orm = useService("orm");
        this.text = figureText;
        this.states = STATES;
        this.state = useState({ data: false });
        useSetupAction({ getLocalState: () => ({ day: this.state.data.day }) });
        onWillStart(() => this.load(this.props.state?.day && deserializeDate(this.props.state.day)));
    }

    async load(day = false) {
        const args = [day ? serializeDate(day) : false];
        this.state.data = await this.orm.call(
            "callcenter.operator.timeline",
            "get_day",
            args
        );
    }

    get day() {
        return deserializeDate(this.state.data.day);
    }

    move(days) {
        return this.load(this.day.plus({ days }));
    }

    /** The hours from the first to the last interval, in milliseconds. */
    get range() {
        const { operators, start } = this.state.data;
        const dayStart = deserializeDateTime(start).toMillis();
        const moments = operators.flatMap((row) =>
            row.intervals.flatMap((one) => [
                deserializeDateTime(one.from).toMillis(),
                deserializeDateTime(one.to).toMillis(),
            ])
        );
        const hourOf = (moment) => (moment - dayStart) / HOUR_MS;
        const first = Math.floor(hourOf(Math.min(...moments)));
        const last = Math.max(first + 1, Math.ceil(hourOf(Math.max(...moments))));
        return { dayStart, first, last };
    }

    get hours() {
        const { first, last } = this.range;
        return Array.from({ length: last - first }, (_one, index) => ({
            hour: first + index,
            style: `left: ${(100 * index) / (last - first)}%`,
        }));
    }

    style(interval) {
        const { dayStart, first, last } = this.range;
        const zero = dayStart + first * HOUR_MS;
        const length = (last - first) * HOUR_MS;
        const from = deserializeDateTime(interval.from).toMillis();
        const to = deserializeDateTime(interval.to).toMillis();
        return `left: ${(100 * (from - zero)) / length}%; width: ${(100 * (to - from)) / length}%;`;
    }

    tip(interval) {
        const from = deserializeDateTime(interval.from).toFormat("HH:mm:ss");
        const to = deserializeDateTime(interval.to).toFormat("HH:mm:ss");
        const reason = interval.reason ? `: ${interval.reason}` : "";
        return `${OPERATOR_STATES[interval.state].label}${reason} ${from}–${to}`;
    }

    pausesText(row) {
        return row.pauses
            .map((pause) => `${pause.reason} ${this.hoursText(pause.seconds)}`)
            .join(", ");
    }

    hoursText(seconds) {
        const minutes = Math.round((seconds || 0) / 60);
        return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    }
}

registry.category("actions").add("callcenter_ops.timeline", OperatorTimeline);
