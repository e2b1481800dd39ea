from odoo import models
from werkzeug.routing import BaseConverter


class RecordIdConverter(BaseConverter):
    """The id of a record as the database can hold it; other paths do not exist."""

    regex = r"[0-9]{1,9}"

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

    def session_info(self):
        """Tells the web client by which clock the company's day goes."""
        # sudo: the zone of one's own company is no secret
        zone = self.env.company.sudo().callcenter_tz
        return super().session_info() | {"callcenter_tz": zone}
