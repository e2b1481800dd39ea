import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Calls beside what the sales department did itself, by district and region. */
export class SalesPanel extends Component {
    static template = "callcenter_ops.SalesPanel";
    static props = { data: Object, onDrill: Function };

    setup() {
        this.action = useService("action");
        this.state = useState({ district: null });
    }

    /** Districts, and the regions of the one that is unfolded. */
    get rows() {
        return this.props.data.sales_work.flatMap((row) => [
            {
                ...row,
                key: `d${row.district}`,
                place: ["federal_district", "=", row.district || false],
            },
            ...(this.state.district === row.district ? this.regionsOf(row.district) : []),
        ]);
    }

    regionsOf(district) {
        return this.props.data.territory
            .filter((region) => region.district_code === district)
            .filter((region) => region.attempts || region.own_leads || region.meetings)
            .map((region) => ({
                ...region,
                key: `r${region.id}`,
                isRegion: true,
                place: ["state_id", "=", region.id],
            }));
    }

    toggleDistrict(row) {
        this.state.district = this.state.district === row.district ? null : row.district;
    }

    /** What the sales department did without calls: opportunities or meetings. */
    drillOwnWork(row, kind) {
        const { start, end } = this.props.data.period;
        const [field, operator, value] = row.place;
        const path = field === "state_id" ? "state_id" : "state_id.federal_district";
        const leads = [
            ["create_date", ">=", start],
            ["create_date", "<", end],
            ["callcenter_call_ids", "=", false],
            [path, operator, value],
        ];
        const meetings = [
            ["start", ">=", start],
            ["start", "<", end],
            ["opportunity_id", "!=", false],
            [`opportunity_id.${path}`, operator, value],
        ];
        const isLead = kind === "leads";
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: row.name,
            res_model: isLead ? "crm.lead" : "calendar.event",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: isLead ? leads : meetings,
            context: { active_test: !isLead },
        });
    }
}
