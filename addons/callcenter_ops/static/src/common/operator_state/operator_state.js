import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/**
 * The states of an operator as desk, timeline and wallboard show them; their colours
 * are in the style sheet beside. After ``look`` seconds a state is worth a look, after
 * ``limit`` a word.
 */
export const OPERATOR_STATES = {
    talk: { label: _t("Talk"), icon: "fa-phone", look: 300, limit: 600 },
    preview: { label: _t("Preview"), icon: "fa-eye", look: 60, limit: 120 },
    wrap: { label: _t("Wrap-up"), icon: "fa-pencil", look: 60, limit: 180 },
    ready: { label: _t("Ready"), icon: "fa-headphones", look: 120, limit: 300 },
    pause: { label: _t("Pause"), icon: "fa-coffee", look: 900, limit: 1800 },
    offline: { label: _t("Offline"), icon: "fa-power-off" },
};

/** A state in its colour, with its icon and word. */
export class OperatorState extends Component {
    static template = "callcenter_ops.OperatorState";
    static props = { name: String, note: { type: String, optional: true } };

    get shown() {
        return OPERATOR_STATES[this.props.name];
    }
}
