import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { DayPanel } from "../day_panel/day_panel";
import { KEYS } from "../desk_keys";
import { Timer } from "../timer/timer";

/** No client in hand: what the operator may do now, and why nothing was handed out. */
export class IdlePanel extends Component {
    static template = "callcenter_ops.IdlePanel";
    static components = { DayPanel, Timer };
    static props = { onPrimary: Function };

    setup() {
        this.keys = KEYS;
        this.store = useState(useService("callcenter_desk"));
        this.action = useService("action");
    }

    get title() {
        const { clearance } = this.store;
        if (clearance) {
            return _t("Clearance: %(met)s of %(total)s", {
                met: clearance.met.length,
                total: clearance.total,
            });
        }
        const titles = {
            offline: _t("You are not at work yet"),
            ready: _t("Waiting for the next client"),
            wrap: _t("Wrap-up after the call"),
            pause: _t("Pause"),
        };
        return titles[this.store.state] || titles.ready;
    }

    get whyNobody() {
        return _t("Why no client was handed out");
    }

    get primaryLabel() {
        if (this.store.clearance) {
            return _t("Check again");
        }
        const labels = { offline: _t("Start work"), pause: _t("Continue work") };
        return labels[this.store.state] || _t("Next client");
    }

    get icon() {
        if (this.store.clearance) {
            return "fa-lock";
        }
        const icons = { offline: "fa-power-off", pause: "fa-coffee" };
        return icons[this.store.state] || "fa-headphones";
    }

    async resolve(reason) {
        await this.action.doAction(reason.action, {
            onClose: () => this.store.open(),
        });
    }
}
