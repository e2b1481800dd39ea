/**
 * The calls behind a figure of the dashboard.
 *
 * @param {{start: string, end: string}} period UTC bounds, the end excluded
 * @param {number|false} campaignId
 * @param {Array} extra more conditions on callcenter.call
 */
export function drillDomain(period, campaignId, extra = []) {
    return [
        ["started_at", ">=", period.start],
        ["started_at", "<", period.end],
        // A corrected record counts nowhere: its correction does.
        ["is_in_force", "=", true],
        ...(campaignId ? [["campaign_id", "=", campaignId]] : []),
        ...extra,
    ];
}
