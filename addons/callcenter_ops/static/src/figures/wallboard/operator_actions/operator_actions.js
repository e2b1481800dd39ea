import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** What who leads may do for one operator: each step is one call of the wallboard. */
export class OperatorActions extends Component {
    static template = "callcenter_ops.OperatorActions";
    static components = { Dialog };
    static props = { close: Function, employeeId: Number, name: String };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ choices: false, text: "", pause: "", campaign: "", operator: "", reason: "" });
        onWillStart(async () => {
            this.state.choices = await this.call("get_choices");
        });
    }

    call(method, ...values) {
        return this.orm.call("callcenter.wallboard", method, [this.props.employeeId, ...values]);
    }

    /** A refusal of the server is shown by the web client; the dialog stays open then. */
    async act(word, method, ...values) {
        await this.call(method, ...values);
        this.notification.add(word, { type: "success" });
        this.props.close();
    }

    sendMessage() {
        return this.act(_t("The message is sent."), "send_message", this.state.text);
    }

    pause() {
        return this.act(_t("The operator is on a pause."), "pause_operator", Number(this.state.pause));
    }

    endPause() {
        return this.act(_t("The pause is over."), "end_pause");
    }

    move() {
        return this.act(_t("The campaign is changed."), "move_operator", Number(this.state.campaign));
    }

    giveClient() {
        const { operator, reason } = this.state;
        return this.act(_t("The client is given to a colleague."), "give_client", Number(operator), reason);
    }
}
