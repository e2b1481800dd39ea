import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { ChartPanel } from "../../common/chart_panel/chart_panel";

const SPANS = [12, 24, 36];
// Fewer months with anything in them make no curve.
const FEWEST_MONTHS = 3;

/** How the staff comes, stays and goes: a part of HR's first screen. */
export class StaffCharts extends Component {
    static template = "callcenter_ops.StaffCharts";
    static components = { ChartPanel };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.spans = SPANS;
        this.state = useState({ figures: false, span: SPANS[0] });
        onWillStart(() => this.loadFigures());
    }

    async loadFigures() {
        this.state.figures = await this.orm.call("callcenter.staff.figures", "get_data", [], {
            months: this.state.span,
        });
    }

    setSpan(span) {
        this.state.span = span;
        return this.loadFigures();
    }

    // ------------------------------------------------------------------ figures

    get months() {
        return this.state.figures.months;
    }

    get hasCurve() {
        return this.months.filter((month) => month.headcount || month.hires).length >= FEWEST_MONTHS;
    }

    get labels() {
        return this.months.map((month) => deserializeDate(month.first).toFormat("LLL yyyy"));
    }

    get movesChart() {
        return [
            { label: _t("Hires"), data: this.months.map((month) => month.hires) },
            { label: _t("Leavers"), data: this.months.map((month) => month.leavers) },
        ];
    }

    get turnoverChart() {
        const shares = this.months.map((month) => this.percent(month.turnover));
        return [{ label: _t("Turnover, %"), data: shares }];
    }

    get serviceChart() {
        const months = this.months.map((month) => month.service && this.round(month.service));
        return [{ label: _t("Months"), data: months }];
    }

    /** The whole span in one line: what the three plots come to. */
    get totals() {
        const sum = (name) => this.months.reduce((total, month) => total + month[name], 0);
        const average = sum("average") / this.months.length;
        const current = this.months.at(-1);
        const share = average ? this.percent(sum("leavers") / average) : null;
        return [
            { name: "headcount", label: _t("Employed today"), text: String(current.headcount) },
            { name: "hires", label: _t("Hires"), text: String(sum("hires")) },
            { name: "leavers", label: _t("Leavers"), text: String(sum("leavers")) },
            { name: "turnover", label: _t("Turnover"), text: this.text(share, " %") },
            { name: "service", label: _t("Average length of service, months"), text: this.text(current.service) },
        ];
    }

    percent(share) {
        return share === null ? null : this.round(100 * share);
    }

    round(value) {
        return Math.round(10 * value) / 10;
    }

    text(value, unit = "") {
        return value === null ? "—" : formatFloat(value, { digits: [16, 1] }) + unit;
    }

    // --------------------------------------------------------------- drill-down

    async openMonth(index) {
        const { first, last } = this.months[index];
        const action = await this.action.loadAction("callcenter_ops.personnel_order_action_staff_move");
        const domain = [
            ["state", "=", "executed"],
            ["order_type", "in", ["appointment", "dismissal"]],
            ["date_effective", ">=", first],
            ["date_effective", "<=", last],
        ];
        return this.action.doAction({ ...action, domain }, { viewType: "list" });
    }
}

registry.category("callcenter_today").add("hr", StaffCharts);
