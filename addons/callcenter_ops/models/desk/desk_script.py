from odoo import api, models
from odoo.tools import ormcache

from ...tools.calling.script_text import fill_script
from ..common.cached_settings import SETTINGS_CACHE


class DeskScript(models.AbstractModel):
    """The script of a call with the client's and the product's data in it."""

    _name = "callcenter.desk.script"
    _description = "Script on the desk"

    def _get_script_card(self, employee, claim):
        """``script``: plain HTML or False; ``steps``: a conversation with branches."""
        campaign = claim.campaign_id
        steps = self._get_raw_steps(campaign.script_id.id)
        if not steps and not campaign.script:
            return {"script": False, "steps": []}
        values = self._get_script_values(employee, claim)
        if not steps:
            return {"script": fill_script(campaign.script, values), "steps": []}
        return {
            "script": False,
            "steps": [self._fill_step(step, values) for step in steps],
        }

    def _fill_step(self, step, values):
        values = values | self._get_product_values(step["product_id"])
        return step | {"text": fill_script(step["text"], values)}

    @api.model
    @ormcache("script_id", "self.env.lang", cache=SETTINGS_CACHE)
    def _get_raw_steps(self, script_id):
        """Steps in order as plain values, nothing filled in; the first one begins."""
        # sudo: scripts are read for the operator of a claim, the same for all
        script = self.env["callcenter.script"].sudo().browse(script_id)
        return tuple(
            {
                "id": step.id,
                "name": step.name,
                "text": step.text or "",
                "product_id": (step.product_id or script.product_id).id,
                "answers": [
                    {
                        "id": answer.id,
                        "name": answer.name,
                        "next_id": answer.next_step_id.id,
                        "disposition_id": answer.disposition_id.id,
                    }
                    for answer in step.answer_ids.sorted()
                ],
            }
            for step in script.step_ids.sorted()
        )

    def _get_script_values(self, employee, claim):
        partner = claim.partner_id
        return {
            "client_name": partner.name,
            "company_name": partner.commercial_company_name or partner.name,
            "city": partner.city,
            "region": self._get_region_label(claim._get_place()),
            "operator_name": employee.name,
            "campaign_name": claim.campaign_id.name,
            "own_company": claim.company_id.name,
        }

    def _get_product_values(self, product_id):
        if not product_id:
            return {}
        # sudo: the price may stand on a product of another category of rights
        product = self.env["product.product"].sudo().browse(product_id).exists()
        currency = product.currency_id or self.env.company.currency_id
        return {
            "product_name": product.name,
            "product_code": product.default_code,
            "product_price": currency.format(product.lst_price),
            "product_text": product.description_sale,
        }
