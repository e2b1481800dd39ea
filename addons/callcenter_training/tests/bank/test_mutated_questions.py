import time

from odoo.addons.callcenter_ops.tests.imports.mutations import (
    FILES,
    SECONDS,
    spoil_many,
)
from odoo.addons.callcenter_ops.tools.imports.table_reader import read_content
from odoo.tests import BaseCase

from ...tools.bank import gift, moodle_xml, question_files, question_table
from .test_question_files import GOOD, build_all_kinds

AIKEN = "What is round?\nA. a ball\nB. a net\nANSWER: A\n"


class TestMutatedQuestions(BaseCase):
    """Whatever a file of questions holds, each is read or named by its line."""

    def test_a_spoilt_file_of_questions_is_read_or_refused(self):
        whole = build_all_kinds()
        samples = {
            "q.gift": [GOOD.encode(), gift.dump(whole).encode(), AIKEN.encode()],
            "q.xml": [moodle_xml.dump(whole).encode()],
            "q.xlsx": [question_table.dump_xlsx(whole)],
        }
        for name, contents in samples.items():
            for number, content in spoil_many(contents, FILES // 3, seed=name):
                with self.subTest(name=name, number=number):
                    start = time.monotonic()
                    _questions, errors = question_files.read(
                        name, content, read_content
                    )
                    self.assertTrue(all(error.message for error in errors))
                    self.assertLess(time.monotonic() - start, SECONDS)
