import { Component, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/** What the client says of himself: one more number, an address, whom to ask for. */
export class ClientNote extends Component {
    static template = "callcenter_ops.ClientNote";
    static props = { onDone: Function };

    setup() {
        this.store = useState(useService("callcenter_desk"));
        this.state = useState({ phone: "", email: "", person: "", function: "" });
        useAutofocus({ refName: "phone" });
    }

    async save() {
        if (await this.store.noteClient({ ...this.state })) {
            this.props.onDone();
        }
    }
}
