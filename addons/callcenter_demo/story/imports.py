import base64

from odoo.addons.callcenter_ops.models.imports.import_run import ImportRun
from odoo.tools import file_open

from ..samples.pictures import draw_goods
from .common import Story

# In the order in which somebody would load them.
_FILES = {"products": "products.csv", "clients": "clients.csv"}


class BaseStory(Story):
    """The demo company loads its goods and clients the way a user would load them."""

    def tell(self):
        for kind, name in _FILES.items():
            self._load_file(kind, name)
        self._picture_goods()

    def _load_file(self, kind, name):
        """Import a file of ``demo/imports`` whole, in this transaction."""
        with file_open(f"callcenter_demo/demo/imports/{name}", "rb") as stream:
            content = base64.b64encode(stream.read())
        imports = self.env["callcenter.data.import"]
        record = imports.with_user(self.env.ref("base.user_admin")).create(
            {"kind": kind, "filename": name, "file": content, "error_policy": "nothing"}
        )
        record.action_read_file()
        record.action_start()
        ImportRun(record).load_at_once()

    def _picture_goods(self):
        """Every product gets its picture, in its own colours."""
        lines = self.env["product.template.attribute.line"].search(
            [("attribute_id.callcenter_role", "=", "colour")]
        )
        for line in lines:
            product = line.product_tmpl_id
            picture = draw_goods(product.name, line.value_ids.mapped("name"))
            product.image_1920 = picture and base64.b64encode(picture)
