from odoo.tests import BaseCase

from ...tools.common.paper_pages import split_pages


class TestPaperPages(BaseCase):
    def split(self, rows, **room):
        pages = split_pages(rows, [3, 10], **({"first": 3, "rest": 5} | room))
        return [[number for number, _row in page] for page in pages]

    def test_rows_go_on_the_page_that_holds_them_whole(self):
        rows = [["1", "one line"]] * 6
        self.assertEqual(self.split(rows), [[1, 2], [3, 4, 5], [6]])

    def test_a_long_cell_counts_as_the_lines_it_takes(self):
        rows = [["1", "one line"], ["2", "words that take three lines"], ["3", "x"]]
        self.assertEqual(self.split(rows), [[1], [2, 3]])

    def test_a_row_higher_than_a_page_still_is_printed(self):
        self.assertEqual(self.split([["1", "word " * 40], ["2", "x"]]), [[1], [2]])

    def test_the_last_row_stays_with_the_signatures(self):
        rows = [["1", "x"], ["2", "x"]]
        self.assertEqual(self.split(rows, foot=2), [[1], [2]])
        self.assertEqual(self.split(rows, first=9, foot=2), [[1, 2]])

    def test_no_rows_make_one_page_with_the_heading(self):
        self.assertEqual(self.split([]), [[]])
