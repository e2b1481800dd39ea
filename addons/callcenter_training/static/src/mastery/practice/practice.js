import { Component, markup, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { QuizQuestion } from "../../quiz/quiz_question";
import { runOnce } from "../../quiz/run_once";

const RUNNER = "callcenter.practice.runner";

/** Five minutes of what is due and weak, with the answer at once. */
export class Practice extends Component {
    static template = "callcenter_training.Practice";
    static components = { QuizQuestion };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ card: null, lesson: null, figures: null, error: "", isBusy: false });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
        onWillStart(() => this.next());
    }

    get explanation() {
        return this.state.lesson.explanation ? markup(this.state.lesson.explanation) : "";
    }

    get rightTexts() {
        const { right, number, texts: typed } = this.state.lesson;
        const texts = right.map((place) => this.state.card.options[place]).concat(typed);
        return texts.length ? texts.join(", ") : String(number);
    }

    get taskId() {
        return this.props.action.params?.task_id || false;
    }

    async next() {
        await runOnce(this.state, async () => {
            const card = await this.orm.call(RUNNER, "next_card", [this.taskId]);
            Object.assign(this.state, { card, lesson: null, figures: card.figures });
        });
    }

    async answer(choices) {
        const { card_id: cardId, nonce } = this.state.card;
        await runOnce(this.state, async () => {
            const lesson = await this.orm.call(RUNNER, "answer_card", [cardId, choices, nonce]);
            Object.assign(this.state, { lesson, figures: lesson.figures });
        });
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && this.state.lesson && !this.state.isBusy) {
            ev.preventDefault();
            ev.stopPropagation();
            this.next();
        }
    }

    async openProduct() {
        const card = "action_open_callcenter_card";
        const args = [this.state.lesson.product_id];
        this.action.doAction(await this.orm.call("product.template", card, args));
    }
}

registry.category("actions").add("callcenter_training.practice", Practice);
