import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";

/** The mark with its error, and what to learn; never the right answers. */
export class QuizResult extends Component {
    static template = "callcenter_training.QuizResult";
    static props = { result: Object, onAgain: Function, onLeave: Function };

    setup() {
        this.action = useService("action");
    }

    format(percent) {
        return formatFloat(percent, { digits: [16, 1] });
    }

    openProduct(productId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "product.template",
            res_id: productId,
            views: [[false, "form"]],
        });
    }
}
