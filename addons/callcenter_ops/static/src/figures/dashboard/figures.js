import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger, formatMonetary } from "@web/views/fields/formatters";

const LABELS = {
    attempts: _t("Attempts"),
    contacts: _t("Contacts"),
    targets: _t("Target contacts"),
    leads: _t("Interested"),
    sales: _t("Customer orders"),
    amount: _t("Amount of orders"),
    won: _t("Won"),
    connection_rate: _t("Connection rate"),
    contact_rate: _t("Contact rate"),
    conversion: _t("Conversion"),
    aht: _t("Average handling time"),
    occupancy: _t("Occupancy"),
    talk_seconds: _t("Talk time"),
    wrap_seconds: _t("Wrap-up time"),
};

export const labelOf = (name) => LABELS[name] || name;

const clock = (seconds) => {
    const whole = Math.round(seconds);
    const two = (number) => String(number % 60).padStart(2, "0");
    const minutes = Math.floor(whole / 60);
    return minutes < 60
        ? `${minutes}:${two(whole)}`
        : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(whole)}`;
};

/** A figure as text by its unit; a dash where there is nothing to divide by. */
export function figureText(value, unit, currencyId) {
    if (value === null || value === undefined) {
        return "—";
    }
    const formats = {
        share: () => `${formatFloat(value * 100, { digits: [16, 1] })} %`,
        seconds: () => clock(value),
        per_hour: () => formatFloat(value, { digits: [16, 1] }),
        money: () => formatMonetary(value, { currencyId, digits: [16, 0] }),
        count: () => formatInteger(value),
    };
    return formats[unit]();
}
