import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";
import { moveByArrows } from "../desk_keys";

/** Own last results: one is chosen to be put right. */
export class OwnResults extends Component {
    static template = "callcenter_ops.OwnResults";
    static props = { onChosen: Function };

    setup() {
        this.store = useService("callcenter_desk");
        this.root = useRef("root");
        this.state = useState({ calls: [] });
        onWillStart(async () => {
            this.state.calls = (await this.store.getRecentCalls()) || [];
        });
        useEffect(
            () => {
                this.root.el?.querySelector(".o_cc_own_call")?.focus();
            },
            () => []
        );
    }

    time(call) {
        return deserializeDateTime(call.started_at).toFormat("HH:mm");
    }

    choose(call) {
        this.store.correct(call);
        this.props.onChosen();
    }

    onKeydown(ev) {
        moveByArrows(ev, [...this.root.el.querySelectorAll(".o_cc_own_call")]);
    }
}
