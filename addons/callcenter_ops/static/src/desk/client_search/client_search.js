import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Find a client by his whole name or full number: to call him, or to answer him. */
export class ClientSearch extends Component {
    static template = "callcenter_ops.ClientSearch";
    static props = { direction: String, number: String, onDone: Function };

    setup() {
        this.root = useRef("root");
        this.store = useState(useService("callcenter_desk"));
        this.state = useState({
            query: this.props.number,
            answer: false,
            campaignId: false,
            client: { name: "", company_name: "", city: "" },
        });
        onMounted(() => {
            this.focus(".o_cc_search_input");
            if (this.props.number) {
                this.search();
            }
        });
        // What comes next is under the fingers: the first client, or the new name.
        useEffect(
            (answer) => answer && this.focus(".o_cc_found, .o_cc_new_name"),
            () => [this.state.answer]
        );
    }

    get isIncoming() {
        return this.props.direction === "in";
    }

    get found() {
        return this.state.answer ? this.state.answer.found : [];
    }

    /** An unknown caller becomes a client; his number must have been read. */
    get isNew() {
        const { answer } = this.state;
        return this.isIncoming && answer && answer.number && !this.found.length;
    }

    get campaigns() {
        return this.state.answer ? this.state.answer.campaigns : [];
    }

    place(client) {
        return [client.company_name !== client.name && client.company_name, client.city, client.region]
            .filter(Boolean)
            .join(", ");
    }

    focus(selector) {
        this.root.el?.querySelector(selector)?.focus();
    }

    async search() {
        const query = this.state.query.trim();
        if (query) {
            this.state.answer = await this.store.searchClients(query, this.props.direction);
        }
    }

    async take(client) {
        const campaignId = this.state.campaignId;
        const answer = this.isIncoming
            ? await this.answer({ partner_id: client.id })
            : await this.store.callClient(client.id, campaignId);
        if (answer) {
            this.props.onDone();
        }
    }

    async takeNew() {
        if (this.state.client.name.trim() && (await this.answer({ client: this.state.client }))) {
            this.props.onDone();
        }
    }

    answer(values) {
        return this.store.answerCall({
            number: this.state.answer.number || false,
            campaign_id: this.state.campaignId,
            ...values,
        });
    }

    onResultKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step) {
            const buttons = [...this.root.el.querySelectorAll(".o_cc_found")];
            buttons[buttons.indexOf(ev.target.closest("button")) + step]?.focus();
            ev.preventDefault();
        }
    }
}
