import { Component, markup, useExternalListener, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { isEditable } from "../desk_keys";
import { ScriptWalk } from "../script_walk";

/** The script step by step; the client's answer chosen by the arrow keys. */
export class ScriptGuide extends Component {
    static template = "callcenter_ops.ScriptGuide";
    static props = { steps: Array, isTalking: Boolean };

    setup() {
        this.ui = useService("ui");
        this.store = useState(useService("callcenter_desk"));
        this.state = useState({ index: 0 });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), {
            capture: true,
        });
    }

    get walk() {
        return new ScriptWalk(this.props.steps, this.store.draft);
    }

    get text() {
        // The server fills the script in from its own template and sanitises it.
        return markup(this.walk.step.text);
    }

    get answers() {
        return this.walk.step ? this.walk.step.answers : [];
    }

    give(answer) {
        const suggested = this.props.isTalking
            ? answer
            : { ...answer, disposition_id: false };
        this.walk.give(suggested);
        this.state.index = 0;
    }

    back() {
        this.walk.back();
        this.state.index = 0;
    }

    onKeydown(ev) {
        const count = this.answers.length;
        const handlers = {
            ArrowDown: () => (this.state.index = (this.state.index + 1) % count),
            ArrowUp: () => (this.state.index = (this.state.index + count - 1) % count),
            ArrowRight: () => this.give(this.answers[this.state.index]),
            ArrowLeft: () => this.back(),
        };
        const isOurs = count ? ev.key in handlers : ev.key === "ArrowLeft";
        const isBusy = ev.altKey || ev.ctrlKey || ev.metaKey || ev.shiftKey;
        const isInList = ev.target.closest?.(".o_cc_panel, .o_cc_products, .o_cc_result");
        const isElsewhere =
            isInList || isEditable(ev.target) || this.ui.activeElement !== document;
        if (isOurs && !isBusy && !isElsewhere) {
            ev.preventDefault();
            handlers[ev.key]();
        }
    }
}
