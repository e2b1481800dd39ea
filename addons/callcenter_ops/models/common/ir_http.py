from odoo import models
from odoo.http import request
from werkzeug.routing import BaseConverter


class RecordIdConverter(BaseConverter):
    """The id of a record as the database can hold it; other paths do not exist."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value):
        return int(value)


class CodeConverter(BaseConverter):
    """A code that people scan or type: one line of a few plain characters."""

    regex = r"[^/\x00-\x1f\x7f]{1,200}"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_converters(cls):
        """What our addresses are made of: whatever else is asked for answers 404."""
        return super()._get_converters() | {
            "callcenter_id": RecordIdConverter,
            "callcenter_code": CodeConverter,
        }

    @classmethod
    def _serve_fallback(cls):
        """No file has an address that the database cannot even look for."""
        if "\0" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    def session_info(self):
        """Tells the web client by which clock the company's day goes."""
        # sudo: the zone of one's own company is no secret
        zone = self.env.company.sudo().callcenter_tz
        return super().session_info() | {"callcenter_tz": zone}
