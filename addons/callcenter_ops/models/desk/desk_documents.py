from ...tools.position.document_text import plain_text


class DeskDocuments:
    """The papers that bind the operator, as plain clauses that are searched at once.

    :param env: of the operator
    :param employee: the operator, in superuser mode
    """

    def __init__(self, env, employee):
        self.env, self.employee = env, employee

    def get_all(self):
        """Documents in force for his post.

        :return: list of ``{"key": str, "title": str, "clauses": [{"number": str,
            "heading": str, "text": str}]}``
        """
        today = self.employee.company_id._callcenter_today()
        required = self.employee._get_required_documents(today)[self.employee.id]
        return [self._get_document(one.with_env(self.employee.env)) for one in required]

    def _get_document(self, document):
        if document._name == "callcenter.job.description":
            clauses = self._get_clauses(document)
        else:
            clauses = self._get_paragraphs(document)
        return {
            "key": f"{document._name},{document.id}",
            "title": document._get_paper_title(),
            "clauses": clauses,
        }

    def _get_clauses(self, description):
        return [
            {"number": clause.number, "heading": section.name, "text": clause.text}
            for section in description.section_ids
            for clause in section.clause_ids
        ]

    def _get_paragraphs(self, policy):
        lines = [line for line in plain_text(policy.body).split("\n") if line]
        return [
            {"number": str(number), "heading": "", "text": line}
            for number, line in enumerate(lines, 1)
        ]
