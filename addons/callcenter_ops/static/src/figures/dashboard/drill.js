// What is chosen as the calls name it; a team is shown with those below it.
const PATHS = { categ_id: "product_ids.categ_id" };
const OPERATORS = { department_id: "child_of" };

/**
 * The calls behind a figure of the dashboard.
 *
 * @param {{start: string, end: string}} period UTC bounds, the end excluded
 * @param {Object} filters what is chosen: name of a filter -> id
 * @param {Array} extra more conditions on callcenter.call
 */
export function drillDomain(period, filters, extra = []) {
    return [
        ["started_at", ">=", period.start],
        ["started_at", "<", period.end],
        // A corrected record counts nowhere: its correction does.
        ["is_in_force", "=", true],
        ...filterDomain(filters),
        ...extra,
    ];
}

/** What is chosen as conditions on records that name it as the calls do. */
export function filterDomain(filters) {
    return Object.entries(filters).map(([name, id]) => [
        PATHS[name] || name,
        OPERATORS[name] || "=",
        id,
    ]);
}
