from itertools import chain

from odoo import api, fields, models

from ...tools.analysis import item_findings
from ...tools.analysis.item_statistics import MIN_COUNT

_TRAINER = "callcenter_training.group_trainer"
_FAULTS = ("wrong_key", "two_right", "lost", "negative")
_SUBJECTS = ("question_id", "template_id", "fact_id")


class ItemFinding(models.Model):
    """What the answers say of a question, in a sentence, and what to do about it.

    Worked out with the statistics; what the trainer has laid aside stays aside as long
    as the answers say it.
    """

    _name = "callcenter.item.finding"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Finding about a Question"
    _order = "severity, answer_count desc, id"

    _guarded_fields = ("state",)
    _trail_field = None

    code = fields.Selection(
        [
            ("wrong_key", "The key is probably wrong"),
            ("two_right", "Probably two right answers"),
            ("lost", "Nobody finds the right answer"),
            ("negative", "The weak know it better"),
            ("hard", "Nearly nobody knows it"),
            ("fast", "Answered too fast"),
            ("dead", "An option that nobody picks"),
            ("easy", "Everybody knows it"),
        ],
        string="What it is",
        required=True,
        readonly=True,
        index=True,
    )
    severity = fields.Selection(
        [("1_fault", "Probably a fault"), ("2_hint", "Worth a look")],
        required=True,
        readonly=True,
    )
    question_id = fields.Many2one(
        "callcenter.question",
        string="Written question",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    template_id = fields.Many2one(
        "callcenter.question.template",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    fact_id = fields.Many2one(
        "callcenter.fact", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    topic_id = fields.Many2one(related="question_id.topic_id", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    option = fields.Char(readonly=True)
    answer_count = fields.Integer(string="Answers", readonly=True)
    percent = fields.Float(
        string="Share, %",
        readonly=True,
        aggregator=None,
        help="Of the option: picked / shown; of the question: mean share earned.",
    )
    state = fields.Selection(
        [("new", "To look at"), ("aside", "Laid aside")],
        required=True,
        default="new",
        readonly=True,
        index=True,
    )
    sentence = fields.Text(compute="_compute_sentence", string="What the answers say")
    advice = fields.Text(compute="_compute_sentence", string="What to do")

    @api.depends_context("lang")
    @api.depends("question_id", "template_id", "fact_id")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = finding._get_subject().display_name

    @api.depends_context("lang")
    @api.depends("code", "option", "answer_count", "percent")
    def _compute_sentence(self):
        for finding in self:
            say = self._SENTENCES.get(finding.code)
            finding.sentence, finding.advice = say(finding) if say else (False, False)

    def _get_subject(self):
        return self.question_id or self.fact_id or self.template_id

    def action_open(self):
        """Open the question, the fact or the template."""
        self.check_access("read")
        self.ensure_one()
        subject = self._get_subject()
        return {
            "type": "ir.actions.act_window",
            "res_model": subject._name,
            "res_id": subject.id,
            "views": [(False, "form")],
        }

    def action_lay_aside(self):
        """Looked at and good as it is (trainer)."""
        self._check_role(_TRAINER)
        self._check_in_state("new")
        # sudo: the engine alone writes findings; the trainer lays one aside
        self.sudo()._transition({"state": "aside"})

    def action_take_up(self):
        """To be looked at again (trainer)."""
        self._check_role(_TRAINER)
        self._check_in_state("aside")
        # sudo: the engine alone writes findings; the trainer takes one up
        self.sudo()._transition({"state": "new"})

    # -- words -------------------------------------------------------------------------

    def _say_wrong_key(self):
        return (
            self.env._(
                "Those who know the rest best choose the wrong option “%(option)s” "
                "(%(percent)s %%) and not the key: the key is probably wrong.",
                **self._get_words(),
            ),
            self.env._("Read the source again, put the key right, regrade."),
        )

    def _say_two_right(self):
        return (
            self.env._(
                "The wrong option “%(option)s” (%(percent)s %%) attracts the best, as "
                "the key does: probably two right answers.",
                **self._get_words(),
            ),
            self.env._("Reword the option so that it is wrong without doubt."),
        )

    def _say_lost(self):
        return (
            self.env._(
                "Nobody finds the right option “%(option)s” among %(count)s answers.",
                **self._get_words(),
            ),
            self.env._("Check the key; if it is right, teach it."),
        )

    def _say_negative(self):
        return (
            self.env._(
                "Those who know the rest badly answer it better than those who know it "
                "well: %(count)s answers.",
                **self._get_words(),
            ),
            self.env._("Look for an ambiguous wording or a wrong key."),
        )

    def _say_hard(self):
        return (
            self.env._(
                "Nearly nobody knows it: %(percent)s %% right of %(count)s answers.",
                **self._get_words(),
            ),
            self.env._("Teach it in a morning round, or see whether it can be known."),
        )

    def _say_fast(self):
        return (
            self.env._(
                "It is answered faster than it can be read: %(count)s answers.",
                **self._get_words(),
            ),
            self.env._("See whether its answer goes around; replace the question."),
        )

    def _say_dead(self):
        return (
            self.env._(
                "Nobody picks the option “%(option)s”: %(percent)s %% of %(count)s "
                "answers.",
                **self._get_words(),
            ),
            self.env._("Write a mistake that people really make in its place."),
        )

    def _say_easy(self):
        return (
            self.env._(
                "Everybody knows it (%(percent)s %%): it tells nobody apart.",
                **self._get_words(),
            ),
            self.env._("Leave it in practice, take it out of exams."),
        )

    _SENTENCES = {
        "wrong_key": _say_wrong_key,
        "two_right": _say_two_right,
        "lost": _say_lost,
        "negative": _say_negative,
        "hard": _say_hard,
        "fast": _say_fast,
        "dead": _say_dead,
        "easy": _say_easy,
    }

    def _get_words(self):
        return {
            "option": self.option or "",
            "percent": round(self.percent),
            "count": self.answer_count,
        }

    # -- the engine --------------------------------------------------------------------

    @api.model
    def _build(self):
        """Keep what still holds, with new figures; drop the rest; add what is new."""
        wanted = {
            self._get_key(vals): vals
            for vals in chain(self._judge_options(), self._judge_figures())
        }
        kept = {}
        for finding in self.search([("code", "!=", False)]):
            kept[self._get_key(finding._read_key())] = finding
        self.browse(kept[key].id for key in kept.keys() - wanted.keys()).unlink()
        for key in kept.keys() & wanted.keys():
            kept[key].write(wanted[key])
        self.create([wanted[key] for key in wanted.keys() - kept.keys()])

    def _get_key(self, vals):
        names = ("code", *_SUBJECTS, "company_id", "option")
        return tuple(vals.get(name) or False for name in names)

    def _read_key(self):
        subjects = {name: self[name].id for name in (*_SUBJECTS, "company_id")}
        return {"code": self.code, "option": self.option, **subjects}

    def _judge_options(self):
        """Values of findings about single options."""
        stats = self.env["callcenter.option.stat"].search(
            [("shown_count", ">=", MIN_COUNT)]
        )
        groups = stats.grouped(lambda one: (one.question_id, one.company_id))
        for (question, company), options in groups.items():
            count = max(options.mapped("shown_count"))
            shares = {one.option: one.pick_percent for one in options}
            for code, option in item_findings.judge_options(
                count, [self._get_option(one) for one in options]
            ):
                yield self._prepare(code, company, count, shares[option.text]) | {
                    "question_id": question.id,
                    "option": option.text,
                }

    def _get_option(self, stat):
        return item_findings.Option(
            stat.option, stat.is_right, stat.pick_count, stat.discrimination
        )

    def _judge_figures(self):
        """Values of findings about whole questions, templates and facts."""
        stats = self.env["callcenter.item.stat"].search(
            [("answer_count", ">=", MIN_COUNT)]
        )
        for stat in stats:
            for code in item_findings.judge_figures(
                stat.answer_count,
                stat.facility,
                stat.discrimination,
                stat.median_seconds,
            ):
                vals = self._prepare(
                    code, stat.company_id, stat.answer_count, 100 * stat.facility
                )
                yield vals | {name: stat[name].id for name in _SUBJECTS}

    def _prepare(self, code, company, count, percent):
        return {
            "code": code,
            "severity": "1_fault" if code in _FAULTS else "2_hint",
            "company_id": company.id,
            "answer_count": count,
            "percent": percent,
        }
