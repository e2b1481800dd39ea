from odoo import http
from odoo.http import request


class CertificateController(http.Controller):
    @http.route(
        "/callcenter/certificate/<callcenter_code:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def verify(self, token):
        """Whether a certificate is genuine and in force; nothing about the person."""
        # sudo: the code is the permission; only what may be public is passed on
        model = request.env["callcenter.certificate"].sudo()
        certificate = model.search([("token", "=", token)], limit=1)
        values = {"certificate": False}
        if certificate:
            values["certificate"] = {
                "name": certificate.name,
                "scope": certificate.scope,
                "company": certificate.company_name or certificate.company_id.name,
                "issued_on": certificate.issued_on,
                "valid_until": certificate.valid_until,
                "state": certificate._get_public_state(),
            }
        response = request.render("callcenter_training.certificate_page", values)
        response.status_code = 200 if certificate else 404
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
