from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config

from .test_desk_hand_out import TestDeskHandOut
from .test_desk_result import TestDeskResult


class WithoutFastpath:
    """The desk with stock Odoo under it: everything holds, at more statements."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(config.options, {"callcenter_fastpath": "off"}))


@tagged("post_install", "-at_install")
class TestHandOutWithoutFastpath(WithoutFastpath, TestDeskHandOut):
    pass


@tagged("post_install", "-at_install")
class TestResultWithoutFastpath(WithoutFastpath, TestDeskResult):
    # What a request costs is asked with the fast path alone.
    test_saving_and_the_next_client_stay_within_a_budget_of_queries = None
    test_the_next_client_alone_stays_within_a_budget_of_queries = None
