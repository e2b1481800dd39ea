"""Builders of documents and acknowledgements."""

from odoo import fields

from ..cases import MONDAY, CallcenterCase


class PositionCase(CallcenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["callcenter.topic"].create(
            {"name": "Skating", "code": "test_skating"}
        )

    @classmethod
    def build_description(cls, job=None, texts=("Calls clients.",), **vals):
        """A draft by HR with one section and a clause for each text."""
        return (
            cls.env["callcenter.job.description"]
            .with_user(cls.users["hr"])
            .create(
                {
                    "job_id": (job or cls.job).id,
                    "date_from": MONDAY,
                    "section_ids": [
                        fields.Command.create(
                            {
                                "name": "Duties",
                                "clause_ids": [
                                    fields.Command.create(
                                        {"text": text, "sequence": place}
                                    )
                                    for place, text in enumerate(texts)
                                ],
                            }
                        )
                    ],
                }
                | vals
            )
        )

    @classmethod
    def build_policy(cls, **vals):
        """A draft of a local act by HR, for the post of the tests."""
        return (
            cls.env["callcenter.policy"]
            .with_user(cls.users["hr"])
            .create(
                {
                    "name": "House rules",
                    "body": "<p>Be polite.</p>",
                    "date_from": MONDAY,
                    "job_ids": [fields.Command.set(cls.job.ids)],
                }
                | vals
            )
        )

    def approve(self, document):
        self.as_("director", document).action_approve()
        return document

    def get_acknowledgement(self, employee, document):
        """The latest one of the employee about the document, without sudo limits."""
        return self.env["callcenter.acknowledgement"].search(
            [
                ("employee_id", "=", employee.id),
                (document._acknowledgement_field, "=", document.id),
            ],
            order="id desc",
            limit=1,
        )

    def sign(self, acknowledgement, **kwargs):
        """Signed by the employee's own user."""
        acknowledgement.env.flush_all()
        acknowledgement.with_user(acknowledgement.user_id).action_acknowledge(**kwargs)
        return acknowledgement

    def sign_sheet(self, acknowledgement):
        """Signed on paper today, as HR registers it."""
        day = acknowledgement.company_id._callcenter_today()
        self.as_("hr", acknowledgement)._register_paper(day)
        return acknowledgement

    def on_paper(self, document):
        """The name of a document as papers write it: in Russian."""
        return document.with_context(lang="ru_RU").display_name
