import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const FINDERS = ["operator", "supervisor", "hr", "director", "manager"];

// Typed first in the palette (Ctrl+K), it looks through the call centre.
const NAMESPACE = "=";

registry.category("command_setup").add(NAMESPACE, {
    debounceDelay: 250,
    emptyMessage: _t("Nothing found"),
    name: _t("orders, people, clients, calls"),
    placeholder: _t("A name or a number…"),
});

registry.category("command_provider").add("callcenter_finder", {
    namespace: NAMESPACE,
    async provide(env, { searchValue }) {
        const roles = FINDERS.map((role) => user.hasGroup(`callcenter_ops.group_${role}`));
        if (!(await Promise.all(roles)).some(Boolean)) {
            return [];
        }
        const found = await env.services.orm.call("callcenter.finder", "find", [searchValue || ""]);
        return found.map(({ model, kind, id, name }) => ({
            name: `${name} (${kind})`,
            action: () =>
                env.services.action.doAction({
                    type: "ir.actions.act_window",
                    res_model: model,
                    res_id: id,
                    views: [[false, "form"]],
                }),
        }));
    },
});
