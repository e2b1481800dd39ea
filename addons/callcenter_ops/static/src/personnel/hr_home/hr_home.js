import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ChartPanel } from "../../common/chart_panel/chart_panel";

const PANEL_FIELDS = ["name", "hint", "icon", "count", "is_urgent"];
const SPANS = [12, 24, 36];

/** HR's first screen: what waits, and how the staff comes, stays and goes. */
export class HrHome extends Component {
    static template = "callcenter_ops.HrHome";
    static components = { ChartPanel };
    static props = { ...standardActionServiceProps };
    static displayName = _t("HR's home");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.spans = SPANS;
        this.state = useState({ tiles: [], figures: false, span: SPANS[0] });
        onWillStart(() => Promise.all([this.askRole(), this.loadTiles(), this.loadFigures()]));
    }

    async askRole() {
        this.isHr = await user.hasGroup("callcenter_ops.group_hr");
    }

    hire() {
        return this.action.doAction("callcenter_ops.hire_action");
    }

    async loadTiles() {
        const model = "callcenter.personnel.panel";
        this.state.tiles = await this.orm.searchRead(model, [], PANEL_FIELDS);
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

    async openTile(tile) {
        const action = await this.orm.call("callcenter.personnel.panel", "action_open", [tile.id]);
        return this.action.doAction(action);
    }

    // ------------------------------------------------------------------ figures

    get months() {
        return this.state.figures.months;
    }

    get labels() {
        return this.months.map((month) => deserializeDate(month.first).toFormat("LLL yy"));
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

registry.category("actions").add("callcenter_ops.hr_home", HrHome);
