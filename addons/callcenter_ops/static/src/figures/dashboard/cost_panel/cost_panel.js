import { Component, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary } from "@web/views/fields/formatters";

const COSTS = [
    { name: "per_attempts", label: _t("Cost per call") },
    { name: "per_contacts", label: _t("Cost per contact") },
    { name: "per_leads", label: _t("Cost per interested client") },
    { name: "per_sales", label: _t("Cost per order") },
];
const SIDES = [
    { name: "months", label: _t("By month"), field: "month" },
    { name: "campaigns", label: _t("By campaign"), field: "campaign_id" },
    { name: "operators", label: _t("By operator"), field: "employee_id" },
];

/** What a call, a contact, an interested client and an order cost; every row opens its records. */
export class CostPanel extends Component {
    static template = "callcenter_ops.CostPanel";
    static props = {
        costs: Object,
        currencyId: Number,
        filters: Object,
    };

    setup() {
        this.action = useService("action");
        this.state = useState({ side: "months" });
        this.columns = COSTS;
        this.sides = SIDES;
    }

    get rows() {
        const rows = this.props.costs[this.state.side];
        return this.state.side === "months"
            ? rows.map((row) => ({ ...row, name: this.monthName(row.id) }))
            : rows;
    }

    get span() {
        const { first, last } = this.props.costs;
        const [from, until] = [this.monthName(first), this.monthName(last)];
        return from === until ? from : `${from} — ${until}`;
    }

    /** When the costs were worked out last: what came since then is missing. */
    get countedAt() {
        const moment = this.props.costs.counted_at;
        return moment ? formatDateTime(deserializeDateTime(moment)) : "";
    }

    monthName(day) {
        return deserializeDate(day).toFormat("LLLL yyyy");
    }

    money(value) {
        return value === null || value === undefined
            ? "—"
            : formatMonetary(value, { currencyId: this.props.currencyId });
    }

    /** The rows of the table of costs behind a row of the panel, or behind all. */
    async open(row) {
        const { first, last } = this.props.costs;
        const domain = [
            ["month", ">=", first],
            ["month", "<=", last],
        ];
        for (const [name, id] of Object.entries(this.props.filters)) {
            domain.push([name, "=", id]);
        }
        if (row) {
            const { field } = SIDES.find((side) => side.name === this.state.side);
            domain.push([field, "=", row.id]);
        }
        const action = await this.action.loadAction("callcenter_ops.result_cost_action");
        const views = [...action.views].sort(([, one]) => (one === "list" ? -1 : 1));
        return this.action.doAction({ ...action, views, domain, context: {} });
    }
}
