from odoo import api, fields, models
from odoo.exceptions import UserError


class QuestionOption(models.Model):
    """An option of a written question; which are right, only trainers read."""

    _name = "callcenter.question.option"
    _description = "Option of a Question"
    _settled_fields = ("question_id",)
    _order = "question_id, sequence, id"
    _rec_name = "text"

    question_id = fields.Many2one(
        "callcenter.question", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="question_id.company_id", store=True)
    sequence = fields.Integer(
        default=10, help="In a question of order, the right order."
    )
    text = fields.Char(required=True)
    is_right = fields.Boolean(string="Right")
    prompt = fields.Char(
        string="Belongs to", help="In a question of matching, the left side."
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Goods",
        ondelete="set null",
        index="btree_not_null",
        help="Gives its name and its picture; both may be changed.",
    )
    # In its own row: a question that has been asked keeps its pictures with its texts.
    image_128 = fields.Image(
        max_width=256, max_height=256, attachment=False, string="Picture"
    )
    points = fields.Integer(
        default=1,
        required=True,
        aggregator=None,
        help="Of a spoken answer: the most that this criterion earns.",
    )
    feedback = fields.Char(
        help="Shown in practice when this option was chosen; of a spoken answer: what "
        "earns the points."
    )

    _points_range = models.Constraint(
        "CHECK(points > 0 AND points <= 100)", "A criterion earns 1 to 100 points."
    )
    _text_uniq = models.UniqueIndex(
        "(question_id, lower(text))", "A question has each option once."
    )

    @api.onchange("product_tmpl_id")
    def _onchange_product(self):
        """The goods' own picture, and their name where nothing is written yet."""
        goods = self.product_tmpl_id
        if not goods:
            return
        self.image_128 = goods.with_context(bin_size=False).image_256
        side = "prompt" if self.question_id.kind == "match" else "text"
        self[side] = self[side] or goods.name

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options._refuse_frozen_question()
        options.question_id._wait_anew()
        return options

    def write(self, vals):
        self._refuse_frozen_question()
        result = super().write(vals)
        self.question_id._wait_anew()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._refuse_frozen_question()
        self.question_id._wait_anew()

    @api.model
    def _get_pictures(self, ids):
        """Base64 of the pictures of options, place by place; False where none is.

        :param ids: ids of options, or False
        """
        found = self.browse(filter(None, ids)).with_context(bin_size=False)
        shown = {
            option.id: option.image_128.decode()
            for option in found.exists()
            if option.image_128
        }
        return [shown.get(id_, False) for id_ in ids]

    def _refuse_frozen_question(self):
        frozen = self.question_id.filtered(lambda question: question._is_frozen())
        if frozen and not frozen._is_in_transition():
            raise UserError(
                self.env._(
                    "“%(question)s” has been asked in this form: draft a new version.",
                    question=frozen[0].stem[:60],
                )
            )
