import base64
import hashlib
import logging

import psycopg2
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.content_hash import content_hash

_logger = logging.getLogger(__name__)

_BATCH = 20
# The PDF of a signature holds nothing that came afterwards.
_AS_SIGNED = "callcenter_paper_as_signed"
# Heirs add these to their guarded fields.
PAPER_FIELDS = (
    "paper_words",
    "paper_hash",
    "paper_kept_on",
    "paper_kept_later",
    "paper_pdf",
    "paper_pdf_hash",
)
# The columns among them; the mark of an upgrade says nothing of the words.
PAPER_COLUMNS = ("paper_words", "paper_hash", "paper_kept_on", "paper_pdf_hash")
PAPER_MARKS = ("paper_kept_later",)


class SignedPaperMixin(models.AbstractModel):
    """A paper that says for ever what it said when it was signed.

    At signature the heir calls ``_keep_paper``: every word that the paper prints is
    kept with the record, and a job adds the PDF. From then on the paper is printed and
    verified from what was kept, whatever happens to names, posts and departments.
    """

    _name = "callcenter.signed.paper.mixin"
    _description = "Paper that stays as it was signed"
    _inherit = ["callcenter.guarded.mixin"]

    # External id of the report that prints the paper; None for a line of another one.
    _paper_report = None

    # Papers show more than the record does (a wage): they are read by _get_paper alone.
    paper_words = fields.Json(
        string="Words of the signed paper",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    paper_hash = fields.Char(
        string="Hash of the words (SHA-256)",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    paper_kept_on = fields.Datetime(
        string="Words kept on", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    paper_kept_later = fields.Boolean(
        string="Words kept by an upgrade",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="Signed before papers were kept: the words are those of the upgrade.",
    )
    paper_pdf = fields.Binary(
        string="Signed paper",
        attachment=True,
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    paper_pdf_hash = fields.Char(
        string="Hash of the PDF (SHA-256)",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )

    # -- what each paper says about itself --

    def _get_paper_words(self):
        """Every word of the paper as it reads today.

        :return: dict of texts, numbers, lists and dicts of them, as JSON takes them
        """
        raise NotImplementedError

    def _get_paper_additions(self):
        """Words that came onto it after its signature, from own frozen fields."""
        return {}

    def _check_paper_access(self):
        """Raise AccessError for who may not read all that the paper says."""
        self.check_access("read")

    # -- keeping, printing, verifying --

    def _get_paper(self):
        """What is printed: the words kept at signature; those of today before it."""
        self.ensure_one()
        self._check_paper_access()
        # sudo: whoever may read the paper reads all that stands on it
        record = self.sudo()
        if record.env.context.get(_AS_SIGNED):
            return record._get_kept_words()
        return record._get_kept_words() | record._get_paper_additions()

    def _get_kept_words(self):
        """The words alone, for callers that have checked who may read them."""
        record = self.sudo()  # sudo: the caller has checked who reads it
        return record.paper_words or record._get_words_of_today()

    def _get_words_of_today(self):
        lang = self.env["res.lang"]._get_callcenter_paper_lang()
        return {"kept": "", **self.with_context(lang=lang)._get_paper_words()}

    def _keep_paper(self, **marks):
        """Keep every word in this transaction; the PDF follows by a job.

        :param marks: words to put in place of those of today
        """
        for record in self.sudo():  # sudo: papers are kept by the system alone
            record._write_paper(record._get_words_of_today() | marks)

    def _add_to_paper(self, **words):
        """Put words onto a paper that was kept before: a second signature, a remark."""
        for record in self.sudo():  # sudo: papers are kept by the system alone
            record._write_paper(record._get_kept_words() | words)

    def _write_paper(self, words):
        self._transition(
            {
                "paper_words": words,
                "paper_hash": content_hash(words),
                "paper_kept_on": fields.Datetime.now(),
                "paper_pdf": False,
                "paper_pdf_hash": False,
            }
        )
        if self._paper_report:
            self.env.ref("callcenter_ops.ir_cron_render_papers")._trigger()

    def _drop_paper(self):
        """Forget the words of a signature that was taken back."""
        # sudo: papers are kept by the system alone
        self.sudo()._transition(dict.fromkeys(PAPER_FIELDS, False))

    def action_verify_paper(self):
        """Tell whether the signed paper still stands word for word.

        :return: a notification: ``success``, or ``danger`` for a changed paper
        :raise UserError: not signed, so nothing was kept
        """
        self._check_paper_access()
        self.ensure_one()
        if not self.sudo().paper_hash:  # sudo: only whether it was signed
            raise UserError(
                self.env._("Nothing was signed here: there is no paper to verify.")
            )
        if self._verify_paper():
            return _notify(
                self.env._("The paper is the one that was signed."), "success"
            )
        message = self.env._(
            "The paper does not match its signature: it was changed past the system."
        )
        return _notify(message, "danger")

    def _verify_paper(self):
        """Whether words and PDF are those of the signature; True before it."""
        self.ensure_one()
        record = self.sudo()  # sudo: a yes or no tells nothing of the words
        if not record.paper_words:
            return not record.paper_hash
        return content_hash(record.paper_words) == record.paper_hash and (
            not record.paper_pdf_hash
            or _hash_pdf(record.paper_pdf) == record.paper_pdf_hash
        )

    # -- the PDF --

    def _is_printed_from_pdf(self):
        """Whether nothing came onto the paper since the PDF was kept."""
        return not self._get_paper_additions()

    def _get_kept_pdf(self):
        """The attachment with the signed PDF; empty when the paper is printed anew."""
        self.ensure_one()
        self._check_paper_access()
        record = self.sudo()  # sudo: who may read the paper may have its PDF
        files = record.env["ir.attachment"]
        if not record.paper_pdf_hash or not record._is_printed_from_pdf():
            return files
        if not record._verify_paper():
            return files
        return files.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", "paper_pdf"),
            ]
        )

    @api.model
    def _cron_render_papers(self):
        """Make the PDF of every paper whose words are kept and that has none yet.

        A commit after each batch; a paper that cannot be rendered is logged and tried
        again by the next run.
        """
        for name in self.env.registry.descendants([self._name], "_inherit"):
            model = self.env[name]
            if model._paper_report and not model._abstract:
                model._render_waiting()

    @api.model
    def _render_waiting(self):
        tried = []
        domain = [("paper_hash", "!=", False), ("paper_pdf_hash", "=", False)]
        while waiting := self.search(
            [*domain, ("id", "not in", tried)], limit=_BATCH, order="id desc"
        ):
            tried += waiting.ids
            for record in waiting.try_lock_for_update():
                record._try_render()
            if not self._commit_papers(len(waiting)):
                return

    @api.model
    def _commit_papers(self, processed):
        """Commit inside a cron run; elsewhere the caller owns the transaction."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed)

    def _try_render(self):
        try:
            with self.env.cr.savepoint():
                pdf, kind = self._render_paper()
        except psycopg2.OperationalError:
            raise  # the database is away or asks for a retry: not this paper's fault
        except Exception:
            _logger.exception("The paper %s could not be rendered", self)
            return
        if kind == "pdf":
            content = base64.b64encode(pdf)
            self._transition(
                {"paper_pdf": content, "paper_pdf_hash": _hash_pdf(content)}
            )

    def _render_paper(self):
        reports = self.env["ir.actions.report"].with_company(self.company_id)
        reports = reports.with_context(**{_AS_SIGNED: True})
        return reports._render_qweb_pdf(self._paper_report, self.ids)


def _notify(message, kind):
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"message": message, "type": kind, "sticky": kind == "danger"},
    }


def _hash_pdf(content):
    return hashlib.sha256(base64.b64decode(content or b"")).hexdigest()
