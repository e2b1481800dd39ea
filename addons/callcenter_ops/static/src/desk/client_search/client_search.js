import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { placeOf } from "../place";

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

    /** An unknown caller becomes a client: by his number, or by his name alone. */
    get isNew() {
        const { answer } = this.state;
        return this.isIncoming && answer && answer.is_unknown;
    }

    get campaigns() {
        return this.state.answer ? this.state.answer.campaigns : [];
    }

    place(client) {
        const company = client.company_name !== client.name && client.company_name;
        return [company, placeOf(client.city, client.region)].filter(Boolean).join(", ");
    }

    focus(selector) {
        this.root.el?.querySelector(selector)?.focus();
    }

    async search() {
        const query = this.state.query.trim();
        if (query) {
            const answer = await this.store.searchClients(query, this.props.direction);
            this.state.answer = answer;
            // Who hides his number was searched by the name that he said.
            this.state.client.name = answer && !answer.number ? query : "";
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
