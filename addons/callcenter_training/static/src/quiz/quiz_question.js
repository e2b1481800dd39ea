import { Component, onMounted, onPatched, useExternalListener, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** One question: digits choose, Enter answers, order and match by placing options. */
export class QuizQuestion extends Component {
    static template = "callcenter_training.QuizQuestion";
    static props = {
        question: Object,
        isBusy: Boolean,
        onAnswer: Function,
    };

    setup() {
        this.state = useState({ ...this.blank });
        this.input = useRef("input");
        this.card = useRef("card");
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onMounted(() => this.focus());
        onPatched(() => {
            if (this.state.nonce !== this.props.question.nonce) {
                this.reset();
            }
        });
    }

    /** Nothing answered yet; of a match the first pair waits. */
    get blank() {
        return { chosen: [], slot: 0, number: "", text: "", nonce: this.question.nonce };
    }

    get question() {
        return this.props.question;
    }

    /** Beside the lines of a match, beside the options otherwise. */
    get pictures() {
        return this.question.pictures || [];
    }

    get isMatch() {
        return this.question.kind === "match";
    }

    get isMany() {
        return ["multiple", "order", "match"].includes(this.question.kind);
    }

    get hint() {
        return {
            single: _t("Choose one. Keys 1-9, then Enter."),
            multiple: _t("Choose all that apply. Keys 1-9, then Enter."),
            number: _t("Type the number, then Enter."),
            short: _t("Type a word or a few, then Enter. Capitals and signs do not count."),
            spoken: _t("Type what you would say to the client, then Ctrl+Enter. A person rates it."),
            order: _t("Choose in the right order. Keys 1-9, then Enter."),
            match: _t("For each line of the list choose what belongs to it. ↑ ↓ choose the line, keys 1-9 its answer, then Enter."),
        }[this.question.kind];
    }

    get choices() {
        if (this.question.kind === "number") {
            const number = parseFloat(this.state.number.replace(/\s/g, "").replace(",", "."));
            return Number.isFinite(number) ? [number] : [];
        }
        if (["short", "spoken"].includes(this.question.kind)) {
            const text = this.state.text.trim();
            return text ? [text] : [];
        }
        return this.state.chosen.filter((place) => place !== undefined);
    }

    get isTyped() {
        return ["number", "short", "spoken"].includes(this.question.kind);
    }

    get isReady() {
        const { kind, options, prompts } = this.question;
        const wanted = { order: options.length, match: prompts.length }[kind] || 1;
        return this.choices.length >= wanted;
    }

    reset() {
        Object.assign(this.state, this.blank);
        this.focus();
    }

    focus() {
        (this.input.el || this.card.el)?.focus();
    }

    isChosen(index) {
        return this.state.chosen.includes(index);
    }

    place(index) {
        return this.state.chosen.indexOf(index) + 1;
    }

    toggle(index) {
        if (this.props.isBusy) {
            return;
        }
        if (this.isMatch) {
            this.pair(index);
        } else if (!this.isMany) {
            this.state.chosen = [index];
        } else if (this.isChosen(index)) {
            this.state.chosen = this.state.chosen.filter((chosen) => chosen !== index);
        } else {
            this.state.chosen = [...this.state.chosen, index];
        }
    }

    /** The option goes to the line that waits; chosen once more it is taken back. */
    pair(index) {
        const chosen = Array.from(this.question.prompts, (_prompt, line) => this.state.chosen[line]);
        const line = chosen.indexOf(index);
        if (line >= 0) {
            chosen[line] = undefined;
            this.state.slot = line;
        } else {
            chosen[this.state.slot] = index;
            const next = chosen.indexOf(undefined);
            this.state.slot = next < 0 ? this.state.slot : next;
        }
        this.state.chosen = chosen;
    }

    moveSlot(step) {
        const count = this.question.prompts.length;
        this.state.slot = (this.state.slot + step + count) % count;
    }

    optionPicture(index) {
        return !this.isMatch && this.pictures[index];
    }

    send() {
        if (this.isReady && !this.props.isBusy) {
            this.props.onAnswer(this.choices);
        }
    }

    skip() {
        if (!this.props.isBusy) {
            this.props.onAnswer([]);
        }
    }

    onKeydown(ev) {
        if (this.question.kind === "spoken") {
            if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey) && !ev.repeat) {
                ev.preventDefault();
                this.send();
            }
            return;
        }
        if (ev.ctrlKey || ev.altKey || ev.metaKey || ev.repeat) {
            return;
        }
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.send();
        } else if (this.isMatch && ["ArrowUp", "ArrowDown"].includes(ev.key)) {
            ev.preventDefault();
            this.moveSlot(ev.key === "ArrowUp" ? -1 : 1);
        } else if (/^[1-9]$/.test(ev.key) && !this.isTyped) {
            const index = Number(ev.key) - 1;
            if (index < this.question.options.length) {
                ev.preventDefault();
                this.toggle(index);
            }
        }
    }
}
