import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
    formatDuration,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { KEYS } from "../desk_keys";
import { placeOf } from "../place";

/** Who is on the line: the client, his time of day, what was said before. */
export class ClientCard extends Component {
    static template = "callcenter_ops.ClientCard";
    static props = { claim: Object, onCall: Function, onNote: Function };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.desk = useService("callcenter_desk");
        this.state = useState({ tab: "history", opensLeads: false });
        this.keys = KEYS;
        // The next client begins with his own history, whatever was read of the last.
        useEffect(
            () => {
                this.state.tab = "history";
            },
            () => [this.props.claim.id]
        );
        onWillStart(async () => {
            this.state.opensLeads = await user.hasGroup("sales_team.group_sale_salesman");
        });
    }

    get place() {
        const { partner, region } = this.props.claim;
        return placeOf(partner.city, region || partner.state_name);
    }

    /** The client's clock as everybody reads it: UTC+5. */
    get zone() {
        const { timezone } = this.props.claim;
        return luxon.DateTime.now().setZone(timezone).toFormat("'UTC'Z");
    }

    get role() {
        const { partner } = this.props.claim;
        const company = partner.company_name !== partner.name && partner.company_name;
        return [partner.function, company].filter(Boolean).join(", ");
    }

    /** As the client is addressed; nothing for a company, or where nobody can tell. */
    get saidName() {
        const { name, said_name: said } = this.props.claim.partner;
        return said && said !== name ? said : "";
    }

    get callUntil() {
        return _t("may be called until %s", this.props.claim.call_until);
    }

    /** What came of the last conversation, as one would say it. */
    get lastContact() {
        const [last] = this.props.claim.history;
        return _t("Last time: %(result)s, %(when)s, %(who)s.", {
            result: last.disposition || "—",
            when: this.moment(last.started_at),
            who: last.operator,
        });
    }

    get isIncoming() {
        return this.props.claim.direction === "in";
    }

    get otherNumbers() {
        const { other_numbers: numbers, other_phones: labels } = this.props.claim;
        return numbers.map((number, place) => ({ number, label: labels[place] }));
    }

    get canChooseNumber() {
        return !this.isIncoming && this.props.claim.state === "preview";
    }

    amount(order) {
        return `${formatFloat(order.amount, { digits: [16, 2] })} ${order.currency}`;
    }

    moment(text) {
        const format = `${localization.dateFormat} HH:mm`;
        return formatDateTime(deserializeDateTime(text), { format });
    }

    day(text) {
        return formatDate(deserializeDate(text));
    }

    money(amount) {
        return formatMonetary(amount, { currencyId: this.props.claim.debt.currency_id });
    }

    duration(seconds) {
        return seconds ? formatDuration(seconds, false) : "—";
    }

    /** A letter or message; what was sent joins the history at once. */
    async write() {
        const action = await this.orm.call("callcenter.desk", "write_to_client", [
            this.props.claim.id,
        ]);
        this.action.doAction(action, { onClose: () => this.desk.open() });
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
