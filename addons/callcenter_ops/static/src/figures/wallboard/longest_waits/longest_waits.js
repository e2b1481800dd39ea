import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const LOOK_EVERY = 60000;
const SCREENS = { letter: "callcenter.enquiry", promise: "callcenter.followup" };

/** Who waits longest; each opens its record. What does not come is told by the board. */
export class LongestWaits extends Component {
    static template = "callcenter_ops.LongestWaits";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ rows: [] });
        onWillStart(() => this.look());
        const timer = browser.setInterval(() => this.look(), LOOK_EVERY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    async look() {
        try {
            this.state.rows = await this.orm.silent.call("callcenter.wallboard", "get_waiting");
        } catch (error) {
            if (!(error instanceof ConnectionLostError || error instanceof RPCError)) {
                throw error;
            }
        }
    }

    label(row) {
        return row.kind === "letter" ? _t("Letter") : _t("Promise");
    }

    since(row) {
        return deserializeDateTime(row.since).toRelative();
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: SCREENS[row.kind],
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}
