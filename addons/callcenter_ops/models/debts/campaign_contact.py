from odoo import models


class CampaignContact(models.Model):
    _inherit = "callcenter.campaign.contact"

    # A ban on talk about debts that is in force, on a ground that the law knows today.
    _protected_sql = """
    EXISTS (SELECT FROM callcenter_debt_ban b
              JOIN callcenter_debt_ban_ground g ON g.id = b.ground_id
             WHERE b.partner_id = c.partner_id AND b.company_id = c.company_id
               AND g.active AND %(today)s >= GREATEST(b.date_from, g.date_from)
               AND %(today)s <= LEAST(COALESCE(b.date_to, 'infinity'),
                                      COALESCE(g.date_to, 'infinity')))
    """
