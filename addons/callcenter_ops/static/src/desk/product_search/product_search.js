import { Component, useState } from "@odoo/owl";
import { useDebounced } from "@web/core/utils/timing";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";

/** The assortment at hand: find by words or code, see the price, add to the result. */
export class ProductSearch extends Component {
    static template = "callcenter_ops.ProductSearch";
    static props = { chosen: Array, onToggle: Function };

    setup() {
        this.store = useService("callcenter_desk");
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

    isChosen(product) {
        return this.props.chosen.some((chosen) => chosen.id === product.id);
    }

    price(product) {
        return `${formatFloat(product.list_price, { digits: [16, 2] })} ${product.currency}`;
    }
}
