import { Component, onWillStart, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import {
    deserializeDate,
    deserializeDateTime,
    formatDateTime,
    serializeDate,
} from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { ChartPanel } from "../../common/chart_panel/chart_panel";
import { shortName } from "../../common/short_name";
import { CostPanel } from "./cost_panel/cost_panel";
import { drillDomain, filterDomain } from "./drill";
import { changeArrow, changeText, figureText } from "./figures";
import { COMPARISONS, periodOf, PERIODS } from "./periods";
import { SalesPanel } from "./sales_panel/sales_panel";
import { ServicePanel } from "./service_panel/service_panel";
import { TerritoryMap } from "./territory_map/territory_map";

// Neither more nor less of them is better by itself: a band tells.
const NEUTRAL = ["aht", "talk_seconds", "wrap_seconds", "occupancy"];
const HEAD = ["attempts", "contact_rate", "conversion", "sales", "amount", "occupancy"];
// From this share of a target on it is nearly reached.
const NEARLY = 0.9;
// A change of a smaller base says nothing.
const SMALLEST_BASE = 50;
const USUAL_HOURS = [...Array(24).keys()].filter((hour) => hour >= 7 && hour <= 22);

/** The middle of sorted values: of an even number the mean of the two in the middle. */
function median(values) {
    if (!values.length) {
        return null;
    }
    const half = (values.length - 1) / 2;
    return (values[Math.floor(half)] + values[Math.ceil(half)]) / 2;
}

/** How a figure is worked out, and who defines it so. */
class FormulaPopover extends Component {
    static template = "callcenter_ops.FormulaPopover";
    static props = { title: String, formula: String, source: String, close: Function };
}

/** What a day adds to the line of a figure; null where there is nothing to divide by. */
const DAY_VALUES = {
    attempts: (row) => row.attempts,
    sales: (row) => row.sales,
    amount: (row) => row.amount,
    contact_rate: (row) => (row.attempts ? row.contacts / row.attempts : null),
    conversion: (row) => (row.targets ? row.sales / row.targets : null),
};

/** The sales director's view of the calls; every figure opens what stands behind it. */
export class Dashboard extends Component {
    static template = "callcenter_ops.Dashboard";
    static components = { ChartPanel, CostPanel, DateTimeInput, SalesPanel, ServicePanel, TerritoryMap };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Calls dashboard");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.popover = usePopover(FormulaPopover);
        this.shortName = shortName;
        this.text = figureText;
        this.changeText = changeText;
        this.changeArrow = changeArrow;
        this.periods = PERIODS;
        this.comparisons = COMPARISONS;
        const [first, last] = periodOf("week");
        this.state = useState({
            period: "week",
            first,
            last,
            compare: "before",
            tab: "overview",
            filters: {},
            choices: false,
            views: [],
            data: false,
            isLoading: false,
            // Whoever comes back from a list finds what he had chosen.
            ...this.props.state?.chosen,
        });
        useSetupAction({ getLocalState: () => ({ chosen: this.chosen }) });
        onWillStart(() => Promise.all([this.loadChoices(), this.load()]));
    }

    get chosen() {
        const { period, first, last, compare, tab, filters } = this.state;
        return { period, first, last, compare, tab, filters: { ...filters } };
    }

    // ----------------------------------------------------------------- loading

    async loadChoices() {
        [this.state.choices, this.state.views] = await Promise.all([
            this.orm.call("callcenter.dashboard", "get_filters"),
            this.orm.call("callcenter.dashboard.view", "get_choices"),
        ]);
    }

    openView(ev) {
        const view = this.state.views.find((one) => one.id === parseInt(ev.target.value));
        if (view) {
            const { period, compare, filters } = view;
            Object.assign(this.state, { compare, filters: { ...filters } });
            return this.setPeriod(period);
        }
    }

    /** What the screen shows, kept under a name; a period of days is kept as one week. */
    saveView() {
        const { period, compare, filters } = this.state;
        const shown = { ...filters, compare, period: period || "week" };
        const context = Object.entries(shown).map(([name, value]) => [`default_${name}`, value]);
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Save the view"),
                res_model: "callcenter.dashboard.view",
                views: [[false, "form"]],
                target: "new",
                context: Object.fromEntries(context),
            },
            { onClose: () => this.loadChoices() },
        );
    }

    /** The filters with their labels, in the order of the screen. */
    get filters() {
        const labels = {
            campaign_id: [_t("Campaign"), _t("All campaigns")],
            department_id: [_t("Team"), _t("All teams")],
            employee_id: [_t("Operator"), _t("All operators")],
            state_id: [_t("Region"), _t("All regions")],
            categ_id: [_t("Goods"), _t("All goods")],
        };
        return Object.entries(labels).map(([name, [label, all]]) => ({
            name,
            label,
            all,
            choices: this.state.choices[name] || [],
        }));
    }

    get asked() {
        return {
            date_from: serializeDate(this.state.first),
            date_to: serializeDate(this.state.last),
            compare: this.state.compare,
        };
    }

    async load() {
        this.state.isLoading = true;
        try {
            this.state.data = await this.orm.call("callcenter.dashboard", "get_data", [], {
                ...this.asked,
                filters: this.state.filters,
            });
        } finally {
            this.state.isLoading = false;
        }
    }

    onCsv(ev) {
        const table = ev.target.value;
        ev.target.value = "";
        return table && this.download("csv", { table });
    }

    /** What the screen shows as a file. */
    download(kind, more = {}) {
        const asked = new URLSearchParams({ ...this.asked, ...this.state.filters, ...more });
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/callcenter_ops/dashboard/${kind}?${asked}`,
            target: "download",
        });
    }

    setPeriod(name) {
        const [first, last] = periodOf(name);
        Object.assign(this.state, { period: name, first, last });
        return this.load();
    }

    setDay(side, value) {
        if (value) {
            Object.assign(this.state, { period: "", [side]: value });
            if (this.state.first > this.state.last) {
                this.state[side === "first" ? "last" : "first"] = value;
            }
            return this.load();
        }
    }

    onFilter(name, ev) {
        const filters = { ...this.state.filters };
        delete filters[name];
        const id = parseInt(ev.target.value);
        this.state.filters = id ? { ...filters, [name]: id } : filters;
        return this.load();
    }

    onCompare(ev) {
        this.state.compare = ev.target.value;
        return this.load();
    }

    // ------------------------------------------------------------------ panels

    get data() {
        return this.state.data;
    }

    /** One question a tab, so that nobody scrolls past what he does not ask. */
    get tabs() {
        return [
            { name: "overview", label: _t("How is it going?") },
            { name: "territory", label: _t("Where and for whom?") },
            { name: "results", label: _t("With what results?") },
            { name: "service", label: _t("How soon do we answer?") },
            { name: "costs", label: _t("What does it cost?") },
        ].filter((tab) => tab.name !== "costs" || this.data.costs);
    }

    get tiles() {
        const found = HEAD.map((name) => this.data.tiles.find((tile) => tile.name === name));
        return found.map((tile) => ({ ...tile, spark: this.spark(tile.name) }));
    }

    get otherTiles() {
        return this.data.tiles.filter((tile) => !HEAD.includes(tile.name));
    }

    /** The days of the period as points of a line in a box of 100 by 30. */
    spark(name) {
        const values = DAY_VALUES[name] ? this.data.days.map(DAY_VALUES[name]) : [];
        const largest = Math.max(...values);
        if (values.length < 2 || !(largest > 0)) {
            return "";
        }
        return values
            .map((value, index) => [index, value])
            .filter(([_index, value]) => value !== null)
            .map(([index, value]) => {
                const [x, y] = [(100 * index) / (values.length - 1), 28 - (26 * value) / largest];
                return `${x.toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    targetText({ target, unit }) {
        return _t("plan %s", figureText(target, unit, this.data.currency_id));
    }

    /** Colour by target: reached, nearly, or missed; a band says it itself. */
    stateOf({ name, value, target, band_state: place }) {
        if (place || !target || value === null || name === "aht") {
            return place || "";
        }
        const reached = value / target;
        return reached >= 1 ? "good" : reached >= NEARLY ? "near" : "missed";
    }

    /** Where the figure should lie, and how it misses it. */
    bandText({ band, band_state: place, unit }) {
        const [low, high] = band.map((value) => figureText(value, unit));
        const texts = {
            low: _t("too low: %(low)s – %(high)s is wanted", { low, high }),
            high: _t("too high: %(low)s – %(high)s is wanted", { low, high }),
        };
        return texts[place] || _t("%(low)s – %(high)s is wanted", { low, high });
    }

    isTold(tile) {
        return tile.change !== null && tile.base >= SMALLEST_BASE;
    }

    explain(ev, tile) {
        this.popover.open(ev.currentTarget, {
            title: this.labelOf(tile.name),
            formula: tile.formula,
            source: tile.source || "",
        });
    }

    dayText(day) {
        return day ? deserializeDate(day).toFormat("dd.MM.yyyy") : "—";
    }

    /** One figure has one word for everyone: the server's. */
    labelOf(name) {
        return this.data.words[name];
    }

    get isByMonth() {
        return this.data.period.step === "month";
    }

    /** When the share of clients reached was counted; nothing while it is exact. */
    get baseCountedAt() {
        const moment = this.data.base_counted_at;
        return moment ? formatDateTime(deserializeDateTime(moment)) : "";
    }

    get dayChart() {
        const { days } = this.data;
        const format = this.isByMonth ? "MM.yyyy" : "dd.MM";
        return {
            labels: days.map((row) => deserializeDate(row.day).toFormat(format)),
            datasets: [
                { type: "line", label: this.labelOf("sales"), data: days.map((row) => row.sales) },
                { label: this.labelOf("contacts"), data: days.map((row) => row.contacts) },
                { label: this.labelOf("attempts"), data: days.map((row) => row.attempts) },
            ],
        };
    }

    listChart(rows) {
        return {
            labels: rows.map((row) => row.name),
            datasets: [{ label: _t("Calls"), data: rows.map((row) => row.value) }],
        };
    }

    get funnel() {
        const top = this.data.funnel[0].value || 1;
        return this.data.funnel.map((step, index, steps) => ({
            ...step,
            width: Math.max(2, Math.round((100 * step.value) / top)),
            rate: index && steps[index - 1].value ? step.value / steps[index - 1].value : null,
        }));
    }

    /** The operator in the middle, by each column of the table. */
    get medians() {
        const units = {
            attempts: "count",
            contacts: "count",
            contact_rate: "share",
            leads: "count",
            sales: "count",
            conversion: "share",
            amount: "money",
            aht: "seconds",
            occupancy: "share",
        };
        return Object.entries(units).map(([name, unit]) => {
            const values = this.data.operators
                .map((row) => row[name])
                .filter((value) => value !== null)
                .sort((one, other) => one - other);
            return { name, unit, value: median(values) };
        });
    }

    get hasCalls() {
        return this.data.days.some((row) => row.attempts);
    }

    /** The usual hours and any other in which somebody was called. */
    get hours() {
        const called = this.data.hours.map((row) => row.hour);
        return [...new Set([...USUAL_HOURS, ...called])].sort((one, other) => one - other);
    }

    get heat() {
        const districts = new Map();
        for (const row of this.data.hours) {
            if (!districts.has(row.district)) {
                districts.set(row.district, { id: row.district, name: row.name, cells: {} });
            }
            districts.get(row.district).cells[row.hour] = row;
        }
        return [...districts.values()];
    }

    heatText(cell) {
        return cell ? String(Math.round(100 * (cell.contact_rate || 0))) : "";
    }

    /** More is better, except for time: it is neither good nor bad. */
    changeClass(tile) {
        const arrow = changeArrow(tile);
        if (tile.change === null || arrow === "=" || NEUTRAL.includes(tile.name)) {
            return "text-body-secondary";
        }
        return arrow === "▲" ? "text-success" : "text-danger";
    }

    heatStyle(cell) {
        const strength = cell ? Math.round(60 * (cell.contact_rate || 0)) : 0;
        return `--cc-strength: ${strength}%;`;
    }

    // -------------------------------------------------------------- drill-down

    async drill(title, extra = []) {
        const action = await this.action.loadAction("callcenter_ops.call_action");
        const domain = drillDomain(this.data.period, this.state.filters, extra);
        return this.action.doAction({ ...action, name: title, domain, context: {} });
    }

    drillHour(district, hour) {
        return this.drill(`${district.name}, ${hour}:00`, [
            ["federal_district", "=", district.id || false],
            ["client_hour", "=", hour],
        ]);
    }

    /** Occupancy is time at the desk: its records are the states of operators. */
    async drillTime() {
        const { start, end } = this.data.period;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Time at the desk"),
            res_model: "callcenter.operator.state",
            views: [[false, "list"]],
            domain: [
                ["started_at", ">=", start],
                ["started_at", "<", end],
                ["state", "!=", "offline"],
                ...filterDomain(this.state.filters),
            ],
        });
    }

    /** The opportunities won by calls of the period, for those who may open them. */
    drillWon() {
        const calls = drillDomain(this.data.period, this.state.filters);
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: this.labelOf("won"),
            res_model: "crm.lead",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["won_status", "=", "won"],
                ["callcenter_call_ids", "any", calls],
            ],
            context: { active_test: false },
        });
    }

    drillFigure(name) {
        if (name === "occupancy") {
            return this.drillTime();
        }
        if (name === "won" && this.data.can_open_leads) {
            return this.drillWon();
        }
        return this.drill(this.labelOf(name), this.data.domains[name]);
    }

    drillDay(index) {
        const { day } = this.data.days[index];
        let first = deserializeDate(day);
        let last = first;
        if (this.isByMonth) {
            last = first.endOf("month") < this.state.last ? first.endOf("month") : this.state.last;
            first = first > this.state.first ? first : this.state.first;
        }
        Object.assign(this.state, { period: "", first, last });
        return this.load();
    }

    openCampaign(campaign) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "callcenter.campaign",
            res_id: campaign.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("callcenter_ops.dashboard", Dashboard);
