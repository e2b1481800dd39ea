class CampaignBlockers:
    """What keeps one operator from single campaigns, each asked once."""

    def __init__(self, env, employee, today):
        # sudo: the requirements of a campaign are not the operator's to read
        self._campaigns = env["callcenter.campaign"].sudo()
        self._employee, self._today, self._found = employee, today, {}

    def is_blocked(self, campaign_id):
        """Whether the operator may not work in the campaign today."""
        if campaign_id not in self._found:
            campaign = self._campaigns.browse(campaign_id)
            self._found[campaign_id] = campaign._get_operator_blockers(
                self._employee, self._today
            )
        return bool(self._found[campaign_id])

    @property
    def reasons(self):
        """All blockers met so far, for the operator to read."""
        return [reason for found in self._found.values() for reason in found]
