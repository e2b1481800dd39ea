import { Component, onMounted, useExternalListener, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";
import { isEditable, KEYS, pressedKey } from "../desk_keys";

/** The day that lies ahead: promises, plan, letters, lessons; each of it by one key. */
export class DayPanel extends Component {
    static template = "callcenter_ops.DayPanel";
    static props = {};

    setup() {
        this.keys = KEYS;
        this.ui = useService("ui");
        this.action = useService("action");
        this.store = useState(useService("callcenter_desk"));
        this.state = useState({ settling: false, outcome: "" });
        onMounted(() => this.store.loadDay());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    get day() {
        return this.store.day;
    }

    /** Promises that have a key of their own. */
    get promises() {
        return this.day.promises.slice(0, 9);
    }

    when(promise) {
        const today = this.store.now.toISODate();
        if (promise.day === today) {
            return promise.time;
        }
        return `${formatDate(deserializeDate(promise.day))} ${promise.time}`;
    }

    open(promise) {
        return this.store.openPromise(promise.id);
    }

    ask(promise) {
        Object.assign(this.state, { settling: promise.id, outcome: "" });
    }

    async settle() {
        const { settling, outcome } = this.state;
        if (outcome.trim() && (await this.store.settlePromise(settling, outcome))) {
            this.state.settling = false;
        }
    }

    async follow(action) {
        await this.action.doAction(action, { onClose: () => this.store.open() });
    }

    /** What a key opens from here; nothing while something else is in front. */
    target(key) {
        const { letters, lessons, notices } = this.day;
        const first = (list) => list.find((one) => one.action)?.action;
        const actions = {
            [KEYS.letters]: letters.action,
            [KEYS.lessons]: first(lessons),
            [KEYS.notices]: first(notices),
        };
        const promise = this.promises[Number(key) - 1];
        if (promise) {
            return () => this.open(promise);
        }
        return actions[key] ? () => this.follow(actions[key]) : false;
    }

    onKeydown(ev) {
        const isElsewhere = isEditable(ev.target) || this.ui.activeElement !== document;
        if (!this.day || isElsewhere || this.store.isChoosing || this.store.busy) {
            return;
        }
        const handler = this.target(pressedKey(ev));
        if (handler) {
            ev.preventDefault();
            handler();
        }
    }
}
