from math import ceil

from odoo.fields import Domain
from odoo.tools import SQL


class ExamReserve:
    """What exams hold that practice never shows.

    Of the assortment it is a share of the goods, told apart by a hash with the
    database's secret: a product stays in or out of it for good. Of the written
    questions it is what drew a ticket at its release, and what practice leaves out
    anyway. A section holds a reserve only where twice its quota stays in practice.
    """

    def __init__(self, env, company):
        """Of one company.

        :param env: with rights to read sections and the bank
        """
        self.env = env
        self.company = company
        self.percent = company._get_callcenter_setting("callcenter_exam_reserve")

    def get_quota(self, section):
        """How many questions of an attempt at ``section`` come from the reserve."""
        return ceil(section.question_count * self.percent / 100)

    def holds(self, section):
        """Whether the bank is large enough for ``section`` to hold a reserve."""
        if section.source == "facts":
            kept, practised = self._count_products(section)
        else:
            kept, practised = self._count_questions(section)
        enough = kept >= self.get_quota(section) > 0
        return enough and practised >= 2 * section.question_count

    def is_kept(self):
        """Condition on facts ``f``: their product belongs to the reserve."""
        # sudo: inside the server; what comes out of it is a yes or a no
        secret = self.env["ir.config_parameter"].sudo()._get_callcenter_pepper()
        return SQL(
            "mod(('x' || left(md5(%s || f.product_tmpl_id::text), 7))::bit(28)::int,"
            " 100) < %s",
            f"exam reserve {secret} ",
            self.percent,
        )

    def is_withheld(self):
        """Condition on facts ``f``: kept for exams, not to be practised."""
        scopes = [
            SQL("(f.template_id = ANY(%s) AND %s)", self._get_template_ids(one), scope)
            for one, scope in self._get_fact_sections()
        ]
        if not scopes:
            return SQL("FALSE")
        return SQL("(%s AND (%s))", self.is_kept(), SQL(" OR ").join(scopes))

    def get_practised_domain(self):
        """Written questions that practice may show."""
        sections = self._get_sections("questions")
        practised = Domain("is_practice", "=", True) & Domain("kind", "!=", "spoken")
        if not sections:
            return practised
        free = Domain("is_reserved", "=", False)
        if all(section.topic_ids for section in sections):
            free |= Domain("topic_id", "not in", sections.topic_ids.ids)
        return practised & free

    def get_kept_domain(self):
        """Written questions that practice does not show where a reserve is held."""
        kept = Domain("is_reserved", "=", True) | Domain("is_practice", "=", False)
        return kept | Domain("kind", "=", "spoken")

    def _get_sections(self, source):
        """Sections in use that hold a reserve."""
        return self.env["callcenter.quiz.section"].search(
            [
                ("source", "=", source),
                ("holds_reserve", "=", True),
                ("quiz_id.active", "=", True),
                ("company_id", "=", self.company.id),
            ]
        )

    def _get_fact_sections(self):
        sections = self._get_sections("facts")
        return [(section, section._get_fact_scope()) for section in sections]

    def _get_template_ids(self, section):
        templates = section.template_ids.filtered("active")
        if not section.template_ids:
            templates = templates.search([("active", "=", True)])
        return templates.ids

    def _count_products(self, section):
        """``(kept for exams, left to practice)`` of the products to be asked about."""
        self.env["callcenter.fact"].flush_model()
        return self.env.execute_query(
            SQL(
                """SELECT count(*) FILTER (WHERE p.kept),
                          count(*) FILTER (WHERE NOT p.kept)
                     FROM (SELECT DISTINCT f.product_tmpl_id, %s AS kept
                             FROM callcenter_fact f
                            WHERE f.active AND f.is_askable
                              AND f.template_id = ANY(%s) AND %s) p""",
                self.is_kept(),
                self._get_template_ids(section),
                section._get_fact_scope(),
            )
        )[0]

    def _count_questions(self, section):
        questions = self.env["callcenter.question"]
        asked = Domain(section._get_question_domain())
        kept = questions.search_count(asked & self.get_kept_domain())
        return kept, questions.search_count(asked) - kept
