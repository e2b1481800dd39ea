import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { QuizReview } from "./quiz_review";

/** The mark with its error, what to learn, and what the quiz tells of the answers. */
export class QuizResult extends Component {
    static template = "callcenter_training.QuizResult";
    static components = { QuizReview };
    static props = { result: Object, onAgain: Function, onLeave: Function };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ items: null });
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

    async showReview() {
        const args = [this.props.result.attempt_id];
        this.state.items = await this.orm.call("callcenter.quiz.runner", "review", args);
    }

    async openProduct(productId) {
        const card = "action_open_callcenter_card";
        this.action.doAction(await this.orm.call("product.template", card, [productId]));
    }
}
