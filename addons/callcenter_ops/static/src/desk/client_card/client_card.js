import { Component, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime, formatDuration } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";

/** Who is on the line: the client, his time of day, what was said before. */
export class ClientCard extends Component {
    static template = "callcenter_ops.ClientCard";
    static props = { claim: Object, onCall: Function };

    setup() {
        this.action = useService("action");
        this.state = useState({ tab: "history" });
    }

    get place() {
        const { partner, region } = this.props.claim;
        return [partner.city, region || partner.state_name].filter(Boolean).join(", ");
    }

    get role() {
        const { partner } = this.props.claim;
        return [partner.function, partner.company_name].filter(Boolean).join(", ");
    }

    moment(text) {
        return formatDateTime(deserializeDateTime(text), { showSeconds: false });
    }

    duration(seconds) {
        return seconds ? formatDuration(seconds, false) : "—";
    }

    openLead(lead) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: lead.id,
            views: [[false, "form"]],
        });
    }
}
