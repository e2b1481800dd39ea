import inspect

from odoo.tests import TransactionCase, tagged

_WORDS = ("env._(", "_description_selection(")


@tagged("post_install", "-at_install")
class TestLanguageOfTexts(TransactionCase):
    def test_a_computed_text_is_worked_out_for_each_language_anew(self):
        """Else whoever reads it second reads it in the language of the first."""
        languages = self.env.registry.field_depends_context
        fixed = [
            str(field)
            for model in self.env.values()
            if model._name.startswith("callcenter.") and not model._abstract
            for field in model._fields.values()
            if self.speaks(model, field) and "lang" not in languages[field]
        ]
        self.assertFalse(fixed)

    def speaks(self, model, field):
        """Whether a text that is not stored is made of words of ours."""
        if field.store or field.type not in ("char", "text", "html"):
            return False
        method = getattr(model, str(field.compute), None)
        source = inspect.getsource(method) if method else ""
        return any(words in source for words in _WORDS)
