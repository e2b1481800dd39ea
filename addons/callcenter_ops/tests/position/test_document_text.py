from odoo.tests import BaseCase, tagged

from ...tools.common.content_hash import content_hash
from ...tools.position.document_text import plain_text
from ...tools.position.text_diff import compare_clauses, mark_words


@tagged("post_install", "-at_install")
class TestDocumentText(BaseCase):
    def test_plain_text_keeps_lines_and_drops_markup(self):
        cases = {
            "": "",
            None: "",
            "Plain  text": "Plain text",
            "Two\r\nlines": "Two\nlines",
            "<p>A</p><p>B &amp; C</p>": "A\nB & C",
            "A<br/>B": "A\nB",
            "<style>p {}</style><b>Bold</b>": "Bold",
            "wait < 5 minutes > 3": "wait < 5 minutes > 3",
            "<script>alert('x')</script>Safe": "Safe",
            "AT&T": "AT&T",
        }
        for raw, clean in cases.items():
            self.assertEqual(plain_text(raw), clean)

    def test_the_hash_depends_on_content_not_on_key_order(self):
        self.assertEqual(
            content_hash({"a": 1, "b": ["x"]}), content_hash({"b": ["x"], "a": 1})
        )
        self.assertNotEqual(content_hash({"a": "x"}), content_hash({"a": "x "}))
        # printf '{"a":"пункт"}' | sha256sum
        self.assertEqual(
            content_hash({"a": "пункт"}),
            "def4b27172bb4f15a5088466f3c1ca33a8aef1a1978e3badd876618de9a20644",
        )

    def test_comparison_of_clauses(self):
        old = [("1.1", "Calls clients daily."), ("1.2", "Reads."), ("1.3", "Waits.")]
        new = [
            ("1.1", "Calls all clients daily."),
            ("1.2", "Waits."),
            ("1.3", "Sings!"),
        ]
        self.assertEqual(
            [
                (
                    row["kind"],
                    row["old"] and row["old"][0],
                    row["new"] and row["new"][0],
                )
                for row in compare_clauses(old, new)
            ],
            [
                ("changed", "1.1", "1.1"),
                ("removed", "1.2", None),
                ("moved", "1.3", "1.2"),
                ("added", None, "1.3"),
            ],
        )

    def test_a_clause_written_anew_stands_beside_the_old_one(self):
        rows = compare_clauses([("1.1", "Reads.")], [("1.1", "Запись итога звонка.")])
        self.assertEqual([row["kind"] for row in rows], ["changed"])

    def test_the_runs_of_a_marked_text_give_the_text_again(self):
        old, new = "Calls clients  every day.", "Calls all clients every week."
        old_runs, new_runs = mark_words(old, new)
        self.assertEqual("".join(text for text, _changed in old_runs), old)
        self.assertEqual("".join(text for text, _changed in new_runs), new)
        self.assertIn(("week.", True), new_runs)
        self.assertEqual(mark_words("Same.", "Same."), ([("Same.", False)],) * 2)
