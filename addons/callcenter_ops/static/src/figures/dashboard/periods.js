import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";

const { DateTime } = luxon;

export const PERIODS = [
    { name: "today", label: _t("Today") },
    { name: "yesterday", label: _t("Yesterday") },
    { name: "week", label: _t("7 days") },
    { name: "month", label: _t("30 days") },
    { name: "quarter", label: _t("90 days") },
    { name: "year", label: _t("365 days") },
];

const LENGTHS = { today: 0, week: 6, month: 29, quarter: 89, year: 364 };

/** Today by the company's clock, wherever the browser stands. */
const companyToday = () =>
    DateTime.fromISO(DateTime.now().setZone(session.callcenter_tz).toISODate());

/** First and last day of a named period, both included. */
export function periodOf(name) {
    const today = companyToday();
    if (name === "yesterday") {
        const yesterday = today.minus({ days: 1 });
        return [yesterday, yesterday];
    }
    return [today.minus({ days: LENGTHS[name] }), today];
}
