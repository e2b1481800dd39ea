from ast import literal_eval
from datetime import date, datetime

from lxml import etree
from odoo.tests import tagged

from ...tools.common.period import period_label
from ..cases import CallcenterCase


@tagged("post_install", "-at_install")
class TestViewDress(CallcenterCase):
    """Days, sums, periods and long words look alike on all our screens."""

    def get_arch(self, model, kind):
        views = self.env[model].get_views([(False, kind)])["views"]
        return etree.fromstring(views[kind]["arch"])

    def options(self, node):
        return literal_eval(node.get("options") or "{}")

    def test_days_are_figures_in_every_view_of_ours(self):
        faults = []
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("callcenter.") or not model._auto:
                continue
            arch = self.get_arch(name, "list")
            for node in arch.iterfind("./field"):
                field = model._fields[node.get("name")]
                if field.type in ("date", "datetime") and not node.get("widget"):
                    if not self.options(node).get("numeric"):
                        faults.append(f"{name}.{field.name}")
        self.assertEqual(faults, [])

    def test_lines_of_a_form_are_dressed_too(self):
        orders = self.as_("hr", self.env["callcenter.personnel.order"])
        views = orders.get_views([(False, "form")])["views"]
        arch = etree.fromstring(views["form"]["arch"])
        [node] = arch.iterfind(".//list/field[@name='date_last']")
        self.assertTrue(self.options(node)["numeric"])
        self.assertIn("o_cc_whole_names", node.getparent().get("class"))

    def test_sums_have_no_kopecks_that_are_none(self):
        arch = self.get_arch("callcenter.workstation.budget.line", "list")
        [node] = arch.iterfind(".//field[@name='amount_plan']")
        self.assertTrue(self.options(node)["hide_trailing_zeros"])

    def test_what_a_view_says_itself_stays(self):
        view = self.env.ref("callcenter_ops.promise_view_list")
        view.arch = (
            "<list><field name='date_made' options=\"{'numeric': False}\"/></list>"
        )
        views = self.env["callcenter.promise"].get_views([(view.id, "list")])["views"]
        [node] = etree.fromstring(views["list"]["arch"]).iterfind("./field")
        self.assertFalse(self.options(node)["numeric"])

    def test_periods_are_named_as_people_name_them(self):
        self.assertEqual(period_label(date(2026, 10, 1), "month", "ru_RU"), "окт. 2026")
        monday = datetime(2026, 11, 23)
        self.assertEqual(period_label(monday, "week", "ru_RU"), "23-29 нояб.")
        monday = date(2026, 11, 30)
        self.assertEqual(period_label(monday, "week", "ru_RU"), "30 нояб. - 6 дек.")

    def test_groups_of_our_figures_bear_these_names(self):
        self.env["callcenter.goal"].create(
            {"month": "2026-10-01", "kpi": "attempts", "target": 100}
        )
        self.env["res.lang"]._activate_lang("ru_RU")
        goals = self.env["callcenter.goal"].with_context(lang="ru_RU")
        own = [("create_uid", "=", self.env.uid), ("month", "=", "2026-10-01")]
        groups = goals.formatted_read_group(own, ["month:month"])
        self.assertEqual([group["month:month"][1] for group in groups], ["окт. 2026"])
