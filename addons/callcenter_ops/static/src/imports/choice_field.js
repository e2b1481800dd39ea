import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { Component } from "@odoo/owl";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** A text that is one of those that another field lists, such as a sheet of a book. */
export class ChoiceField extends Component {
    static template = "callcenter_ops.ChoiceField";
    static props = { ...standardFieldProps, choices: { type: String } };

    get value() {
        return this.props.record.data[this.props.name] || "";
    }

    get choices() {
        const listed = this.props.record.data[this.props.choices] || [];
        return [...new Set([...listed, this.value])].filter(Boolean);
    }

    onChange(ev) {
        this.props.record.update({ [this.props.name]: ev.target.value || false });
    }
}

export const choiceField = {
    component: ChoiceField,
    displayName: _t("Choice of listed texts"),
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({ choices: options.choices }),
};

registry.category("fields").add("callcenter_choice", choiceField);
