import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger, formatMonetary } from "@web/views/fields/formatters";

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
        points: () => _t("%s pp", formatFloat(value * 100, { digits: [16, 1] })),
        share: () => `${formatFloat(value * 100, { digits: [16, 1] })} %`,
        seconds: () => clock(value),
        per_hour: () => formatFloat(value, { digits: [16, 1] }),
        money: () => formatMonetary(value, { currencyId, digits: [16, 0] }),
        count: () => formatInteger(value),
    };
    return formats[unit]();
}

/** Up, down, or nothing where the change rounds to none. */
export function changeArrow({ change }) {
    const rounded = Math.round(change * 1000);
    return rounded > 0 ? "▲" : rounded < 0 ? "▼" : "=";
}

/**
 * A change as text without its sign, which an arrow shows.
 *
 * @param {{change: number|null, unit: string}} tile a share changes by points
 */
export function changeText({ change, unit }) {
    return figureText(Math.abs(change), unit === "share" ? "points" : "share");
}
