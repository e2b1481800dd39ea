import { Component, markup } from "@odoo/owl";
import { formatFloat } from "@web/views/fields/formatters";

/** One's own answer with what the server told of it. */
export class QuizReview extends Component {
    static template = "callcenter_training.QuizReview";
    static props = { item: Object };

    get explanation() {
        // The field is sanitised by the server whenever a trainer saves it.
        return this.props.item.explanation ? markup(this.props.item.explanation) : "";
    }

    get isRight() {
        return this.props.item.marks === 100;
    }

    format(percent) {
        return formatFloat(percent, { digits: [16, 0] });
    }
}
