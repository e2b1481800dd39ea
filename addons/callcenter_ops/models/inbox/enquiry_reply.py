from odoo import fields, models

from ..common.base import LETTER_LIMIT


class EnquiryReply(models.Model):
    """One answer to a letter and whether it came in time; never changed.

    A client who writes on has his letter answered again, by its own deadline.
    """

    _name = "callcenter.enquiry.reply"
    _description = "Answer to a letter"
    _order = "answered_at desc, id desc"
    _rec_name = "enquiry_id"
    _text_limits = {"answer": LETTER_LIMIT}

    enquiry_id = fields.Many2one(
        "callcenter.enquiry",
        string="Letter",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    inbox_id = fields.Many2one(
        related="enquiry_id.inbox_id", store=True, index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="enquiry_id.company_id", store=True, readonly=True
    )
    channel = fields.Selection(related="enquiry_id.channel", store=True, readonly=True)
    department_id = fields.Many2one(
        related="enquiry_id.department_id", store=True, readonly=True
    )
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    user_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    call_id = fields.Many2one(
        "callcenter.call",
        string="Record in the history",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    received_at = fields.Datetime(string="Received", required=True, readonly=True)
    deadline_at = fields.Datetime(string="Answer by", readonly=True)
    answered_at = fields.Datetime(string="Answered", required=True, readonly=True)
    answer = fields.Html(
        string="Answer to the client", readonly=True, sanitize_attributes=True
    )
    file_names = fields.Text(string="Files sent with it", readonly=True)
    is_late = fields.Boolean(string="Answered late", readonly=True)

    _answered_idx = models.Index("(company_id, answered_at)")

    def _get_addressee(self):
        """Who gets the paper: ``{"name", "number", "lang"}``, as he gave himself.

        The answer may be read by whoever wrote it, when the client is no longer his.
        """
        self.check_access("read")
        # sudo: the answer's own addressee, whom its writer had before him
        client = self.sudo().enquiry_id.partner_id
        letter = self.enquiry_id
        return {
            "name": client.name or letter.sender,
            "number": letter.sender or client.phone or "",
            "lang": client.lang or self.company_id.partner_id.lang,
        }
