from odoo.exceptions import UserError
from odoo.http import Controller, request, route

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class CandidateActsController(Controller):
    """The page on which a candidate reads and signs before the contract.

    The signed, expiring link is the key: no account is needed. Failed tries are
    counted by address.
    """

    @route(
        "/callcenter/acts/<callcenter_code:token>",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def show_acts(self, token):
        """What the candidate has to read; nothing is changed by looking."""
        link = self._find_link(token)
        return self._render(token, link)

    @route(
        "/callcenter/acts/<callcenter_code:token>/sign",
        auth="public",
        methods=["POST"],
        sitemap=False,
    )
    def sign_act(self, token, request_id="", signature="", shown_hash=""):
        """Sign one document with one's own name."""
        link = self._find_link(token)
        message = ""
        if link:
            try:
                with request.env.cr.savepoint():
                    link._sign(request_id, signature, shown_hash)
            except UserError as error:
                message = str(error)
                self._count_miss()
        return self._render(token, link, message)

    def _find_link(self, token):
        """The living link; empty for a wrong one, which is counted."""
        # sudo: the token is the key, the page shows its own employee's papers alone
        links = request.env["callcenter.candidate.link"].sudo()
        misses = links.env["callcenter.candidate.link.miss"]
        if misses._is_too_much(self._get_address()):
            return links
        link = links._find(token)
        if not link:
            self._count_miss()
        return link

    def _get_address(self):
        return request.httprequest.remote_addr or ""

    def _count_miss(self):
        # sudo: a stranger's failed try is counted by the system
        misses = request.env["callcenter.candidate.link.miss"].sudo()
        misses.create({"address": self._get_address()})

    def _render(self, token, link, message=""):
        values = {
            "token": token,
            "employee": link.employee_id,
            "requests": link._get_requests(),
            "message": message,
        }
        template = "callcenter_ops.candidate_acts_page"
        response = request.render(template, values, headers=_HEADERS)
        if not link:
            response.status_code = 404
        return response
