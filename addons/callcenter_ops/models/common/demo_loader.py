import base64

from odoo import api, models
from odoo.tools import file_open

from ..imports.import_run import ImportRun


class DemoLoader(models.AbstractModel):
    """Loads the demo company's goods and clients the way a user would load them."""

    _name = "callcenter.demo.loader"
    _description = "Loader of the demo company"

    @api.model
    def _load_catalogue(self):
        return self._load_file("products", "products.csv")

    @api.model
    def _load_clients(self):
        return self._load_file("clients", "clients.csv")

    def _load_file(self, kind, name):
        """Import a file of ``demo/company`` whole, in this transaction."""
        with file_open(f"callcenter_ops/demo/company/{name}", "rb") as stream:
            content = base64.b64encode(stream.read())
        imports = self.env["callcenter.data.import"]
        record = imports.with_user(self.env.ref("base.user_admin")).create(
            {"kind": kind, "filename": name, "file": content, "error_policy": "nothing"}
        )
        record.action_read_file()
        record.action_start()
        ImportRun(record).load_at_once()
        return record
