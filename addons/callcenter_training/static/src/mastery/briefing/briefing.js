import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The morning round on the big screen: a question, then its answer, by one key. */
export class Briefing extends Component {
    static template = "callcenter_training.Briefing";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ lines: [], place: 0, isShown: false });
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.load());
    }

    get line() {
        return this.state.lines[this.state.place];
    }

    async load() {
        const id = this.props.action.params?.briefing_id;
        if (!id) {
            return;
        }
        this.state.lines = await this.orm.searchRead(
            "callcenter.briefing.line",
            [["briefing_id", "=", id]],
            ["stem", "options", "right", "missing_count"]
        );
    }

    isRight(index) {
        return this.state.isShown && this.line.right.includes(index);
    }

    forward() {
        if (!this.state.isShown) {
            this.state.isShown = true;
        } else if (this.state.place + 1 < this.state.lines.length) {
            this.go(1);
        } else {
            this.leave();
        }
    }

    go(step) {
        const place = this.state.place + step;
        if (place >= 0 && place < this.state.lines.length) {
            Object.assign(this.state, { place, isShown: false });
        }
    }

    leave() {
        this.action.doAction("callcenter_training.briefing_action", { clearBreadcrumbs: true });
    }

    onKeydown(ev) {
        const keys = {
            Enter: () => this.forward(),
            " ": () => this.forward(),
            ArrowRight: () => this.go(1),
            ArrowLeft: () => this.go(-1),
        };
        if (keys[ev.key] && !ev.ctrlKey && !ev.altKey && !ev.metaKey) {
            ev.preventDefault();
            keys[ev.key]();
        }
    }
}

registry.category("actions").add("callcenter_training.briefing", Briefing);
