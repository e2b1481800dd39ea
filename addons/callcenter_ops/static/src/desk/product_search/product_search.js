import { Component, useRef, useState } from "@odoo/owl";
import { useDebounced } from "@web/core/utils/timing";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { moveByArrows } from "../desk_keys";

/** The assortment at hand: find by words or code, see the price, add to the result. */
export class ProductSearch extends Component {
    static template = "callcenter_ops.ProductSearch";
    static props = { chosen: Array, onToggle: Function };

    setup() {
        this.store = useService("callcenter_desk");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.state = useState({ query: "", results: [], searched: false });
        this.searchLater = useDebounced(() => this.search(), 250);
    }

    async search() {
        const query = this.state.query.trim();
        const results = query
            ? await this.keepLast.add(this.store.searchProducts(query))
            : [];
        Object.assign(this.state, { results, searched: Boolean(query) });
    }

    /** Arrows go through the list; Enter in the field takes the first one. */
    onKeydown(ev) {
        const stops = [...this.root.el.querySelectorAll("input, li button")];
        if (ev.key === "Enter" && ev.target === stops[0]) {
            ev.preventDefault();
            ev.stopPropagation();
            this.takeFirst();
        }
        moveByArrows(ev, stops);
    }

    /** Whoever types a code and Enter does not wait for the list. */
    async takeFirst() {
        await this.search();
        const [product] = this.state.results;
        if (product && !this.isChosen(product)) {
            this.props.onToggle(product);
        }
    }

    isChosen(product) {
        return this.props.chosen.some((chosen) => chosen.id === product.id);
    }

    price(product) {
        return `${formatFloat(product.list_price, { digits: [16, 2] })} ${product.currency}`;
    }
}
