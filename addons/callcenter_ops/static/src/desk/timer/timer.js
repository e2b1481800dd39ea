import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

/** Minutes and seconds since a moment of the server, by the server's clock. */
export class Timer extends Component {
    static template = "callcenter_ops.Timer";
    static props = { since: { type: [String, Boolean] } };

    setup() {
        this.store = useService("callcenter_desk");
        this.state = useState({ now: 0 });
        const ticker = browser.setInterval(() => this.state.now++, 1000);
        onWillUnmount(() => browser.clearInterval(ticker));
    }

    get text() {
        // Reading the tick makes the clock face follow it.
        const seconds = this.state.now >= 0 && this.store.secondsSince(this.props.since);
        const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
        if (seconds >= 3600) {
            parts.unshift(Math.floor(seconds / 3600));
        }
        return parts.map((part) => String(part).padStart(2, "0")).join(":");
    }
}
