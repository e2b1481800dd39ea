import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";

/** The mark with its error, and what to learn; never the right answers. */
export class QuizResult extends Component {
    static template = "callcenter_training.QuizResult";
    static props = { result: Object, onAgain: Function, onLeave: Function };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    format(percent) {
        return formatFloat(percent, { digits: [16, 1] });
    }

    async openProduct(productId) {
        const card = "action_open_callcenter_card";
        this.action.doAction(await this.orm.call("product.template", card, [productId]));
    }
}
