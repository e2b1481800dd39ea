import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
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

    get practiseLabel() {
        return _t("Practise %s weak ones", this.props.result.topics.length);
    }

    /** What was not known is weak now, and practice asks the weak first. */
    practise() {
        return this.action.doAction("callcenter_training.practice_action");
    }

    async openProduct(productId) {
        const card = "action_open_callcenter_card";
        this.action.doAction(await this.orm.call("product.template", card, [productId]));
    }
}
