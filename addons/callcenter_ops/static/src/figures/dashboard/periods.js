import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";

const { DateTime } = luxon;

export const PERIODS = [
    { name: "today", label: _t("Today") },
    { name: "yesterday", label: _t("Yesterday") },
    { name: "week", label: _t("7 days") },
    { name: "month", label: _t("30 days") },
    { name: "thisMonth", label: _t("This month") },
    { name: "lastMonth", label: _t("Last month") },
    { name: "thisQuarter", label: _t("This quarter") },
    { name: "thisYear", label: _t("This year") },
    { name: "year", label: _t("365 days") },
];

/** What a period is compared with. */
export const COMPARISONS = [
    { name: "before", label: _t("Days just before") },
    { name: "week", label: _t("Same weekdays before") },
    { name: "month", label: _t("A month earlier") },
    { name: "year", label: _t("A year earlier") },
];

const LENGTHS = { today: 0, week: 6, month: 29, year: 364 };
const STARTS = { thisMonth: "month", thisQuarter: "quarter", thisYear: "year" };

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
    if (name === "lastWeek") {
        const monday = today.startOf("week").minus({ weeks: 1 });
        return [monday, monday.plus({ days: 6 })];
    }
    if (name === "lastMonth") {
        const last = today.startOf("month").minus({ days: 1 });
        return [last.startOf("month"), last];
    }
    if (name in STARTS) {
        return [today.startOf(STARTS[name]), today];
    }
    return [today.minus({ days: LENGTHS[name] }), today];
}
