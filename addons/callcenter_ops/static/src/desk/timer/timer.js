import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

/** Minutes and seconds since a moment of the server, beside the limit in seconds. */
export class Timer extends Component {
    static template = "callcenter_ops.Timer";
    static props = {
        since: { type: [String, Boolean] },
        limit: { type: Number, optional: true },
    };

    setup() {
        this.store = useService("callcenter_desk");
        this.state = useState({ now: 0 });
        const ticker = browser.setInterval(() => this.state.now++, 1000);
        onWillUnmount(() => browser.clearInterval(ticker));
    }

    get seconds() {
        // Reading the tick makes the clock face follow it.
        return this.state.now >= 0 && this.store.secondsSince(this.props.since);
    }

    get text() {
        return this.clock(this.seconds);
    }

    get isOver() {
        return Boolean(this.props.limit) && this.seconds > this.props.limit;
    }

    clock(seconds) {
        const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
        if (seconds >= 3600) {
            parts.unshift(Math.floor(seconds / 3600));
        }
        return parts.map((part) => String(part).padStart(2, "0")).join(":");
    }
}
