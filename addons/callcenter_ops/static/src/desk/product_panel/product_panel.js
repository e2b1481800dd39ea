import { Component, useRef, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { formatFloat } from "@web/views/fields/formatters";
import { moveByArrows } from "../desk_keys";

/** What is said of a product in a talk: what it is, how many, how much, what with. */
export class ProductPanel extends Component {
    static template = "callcenter_ops.ProductPanel";
    static props = {};

    setup() {
        this.store = useService("callcenter_desk");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.state = useState({ query: "", results: [], searched: false, product: false });
        this.searchLater = useDebounced(() => this.search(), 250);
        useAutofocus({ refName: "query" });
    }

    async search() {
        const query = this.state.query.trim();
        const results = query
            ? await this.keepLast.add(this.store.searchProducts(query))
            : [];
        Object.assign(this.state, { results, searched: Boolean(query) });
    }

    async open(product) {
        this.state.product = await this.store.getProduct(product.id);
    }

    price(product) {
        return `${formatFloat(product.list_price, { digits: [16, 2] })} ${product.currency}`;
    }

    stock(product) {
        return `${formatFloat(product.stock, { trailingZeros: false })} ${product.unit}`;
    }

    async onKeydown(ev) {
        const stops = [...this.root.el.querySelectorAll(".o_cc_card_query, .o_cc_card_found")];
        if (ev.key === "Enter" && ev.target === stops[0]) {
            ev.preventDefault();
            ev.stopPropagation();
            await this.search();
            if (this.state.results.length) {
                await this.open(this.state.results[0]);
            }
        }
        moveByArrows(ev, stops);
    }
}
