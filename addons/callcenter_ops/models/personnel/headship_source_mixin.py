from odoo import models

_CACHED = "callcenter_supervised_department_ids"


class HeadshipSourceMixin(models.AbstractModel):
    """Rows that decide whose departments are whose.

    Record rules ask for that several times in a request; the answer is kept with the
    user until the transaction ends or one of ``_headship_fields`` changes.
    """

    _name = "callcenter.headship.source.mixin"
    _description = "Decides who heads a department"

    _headship_fields = frozenset()

    def modified(self, fnames, create=False, before=False):
        result = super().modified(fnames, create=create, before=before)
        if not self._headship_fields.isdisjoint(fnames):
            self.env["res.users"].invalidate_model([_CACHED], flush=False)
            self.env["hr.department"].invalidate_model(
                ["callcenter_is_supervised"], flush=False
            )
        return result
