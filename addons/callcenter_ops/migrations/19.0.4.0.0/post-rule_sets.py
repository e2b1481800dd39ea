"""Each rule set says for which purposes it is; campaigns of others are put on hold."""

from odoo import SUPERUSER_ID, api

# The ready sets as a new database has them: purposes, and what binds other sets.
_READY = {
    "rule_set_informative": ("informative service survey inbound", "none"),
    "rule_set_advertising": ("telemarketing", "consent"),
    "rule_set_debt": ("debt", "all"),
    "rule_set_service": ("service inbound", "none"),
}


def migrate(cr, version):
    set_purposes_of_ready_sets(cr)
    set_purposes_of_own_sets(cr)
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    explain_mass_consent(env)
    pause_misfits(env)


def set_purposes_of_ready_sets(cr):
    for name, (purposes, binding) in _READY.items():
        flags = ", ".join(f"for_{purpose} = TRUE" for purpose in purposes.split())
        cr.execute(
            f"""
            UPDATE callcenter_rule_set SET {flags}, binding = %s
              FROM ir_model_data d
             WHERE d.module = 'callcenter_ops' AND d.name = %s
               AND d.res_id = callcenter_rule_set.id
            """,  # noqa: S608
            (binding, name),
        )


def set_purposes_of_own_sets(cr):
    """What the newest version asks for tells what the set was made for."""
    cr.execute(
        """
        UPDATE callcenter_rule_set s
           SET for_debt = v.spares_protected,
               for_telemarketing = v.is_advertising AND NOT v.spares_protected,
               for_informative = NOT v.spares_protected,
               for_service = NOT v.spares_protected,
               for_survey = NOT v.spares_protected,
               for_inbound = NOT v.spares_protected
          FROM (SELECT DISTINCT ON (rule_set_id) rule_set_id,
                       COALESCE(spares_protected, FALSE) AS spares_protected,
                       consent_kind IS NOT DISTINCT FROM 'advertising' AS is_advertising
                  FROM callcenter_rule_set_version
                 ORDER BY rule_set_id, date_from DESC) v
         WHERE v.rule_set_id = s.id
           AND s.id NOT IN (SELECT res_id FROM ir_model_data
                             WHERE module = 'callcenter_ops'
                               AND model = 'callcenter.rule.set')
        """
    )


def explain_mass_consent(env):
    version = env.ref("callcenter_ops.rule_set_informative_2025", False)
    if version and not version.mass_consent_basis:
        version.mass_consent_basis = (
            "Federal Law 41-FZ of 01.04.2025, in force since 01.09.2025: mass calls "
            "need the subscriber's consent, which the caller proves. The law does not "
            "say how many calls are mass, the operator of communications decides. Off, "
            "because an operator dials each client by hand. Switch it on by a new "
            "version where your operator of communications counts these calls as mass."
        )


def pause_misfits(env):
    """Nobody is called by rules that are not those of the purpose."""
    running = env["callcenter.campaign"].search([("state", "=", "running")])
    for campaign in running:
        if not campaign.rule_set_id._is_for(campaign.purpose):
            campaign = campaign._told_to()
            campaign._transition({"state": "paused"})
            campaign.message_post(
                body=campaign.env._(
                    "Put on hold: the rule set %(rules)s is not for campaigns of this "
                    "purpose. Choose another one and start the campaign again.",
                    rules=campaign.rule_set_id.name,
                )
            )
