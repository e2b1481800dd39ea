import base64
import csv
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import new_test_user
from odoo.tools import SQL

from ...tools.clients.number_registry import find_codes
from ...tools.clients.plan_file import read_plan
from ..calling.common import CallingCase

FOLDER = Path(__file__).parent
PLAN = FOLDER.parents[1] / "data" / "clients" / "number_plan.csv.gz"
HEADER = "АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН"
# All numbers that the edition of the registry hands out.
CAPACITY = 694_490_763


def read_places():
    """Every pair of names that the registry writes, with the regions meant."""
    with (FOLDER / "registry_places.csv").open(encoding="utf-8", newline="") as stream:
        next(stream)
        return list(csv.reader(stream, delimiter=";"))


class PlanCase(CallingCase):
    @property
    def ranges(self):
        return self.env["callcenter.number.range"]

    def region(self, number, home=None):
        """Code, zone and source of a number of ten digits."""
        home = home and self.env.ref(home)
        place = self.ranges._get_region(f"+7{number}", home)
        code = self.env["res.country.state"].browse(place.get("state_id")).code
        return code, place.get("timezone"), place.get("source")

    def load(self, *lines, user=None, **vals):
        wizard = self.env["callcenter.number.range.import"].with_user(
            user or self.users["manager"]
        )
        text = "\n".join([HEADER, *lines])
        wizard = wizard.create({"file": base64.b64encode(text.encode()), **vals})
        wizard.action_import()
        return wizard.report

    def spans(self, first, last):
        """Bounds and regions of the plan's ranges between two numbers."""
        found = self.ranges.search(
            [("number_to", ">=", first), ("number_from", "<=", last)]
        )
        return [(one.number_from, one.number_to, one.state_id.code) for one in found]


class TestPlaces(PlanCase):
    """The registry's names of places lead to regions, however they are written."""

    def test_every_pair_of_names_in_the_registry_is_understood(self):
        for region, territory, codes in read_places():
            with self.subTest(region=region, territory=territory):
                found = find_codes((territory, region))
                self.assertEqual("+".join(found), codes)

    def test_older_editions_without_the_second_column_are_understood(self):
        for region, _territory, codes in read_places():
            if region != "-":
                with self.subTest(region):
                    self.assertTrue(set(find_codes((region,))) & set(codes.split("+")))

    def test_nonsense_is_no_place(self):
        for place in ("", "-", "Атлантида", "г. Москва и Атлантида"):
            with self.subTest(place):
                self.assertEqual(find_codes((place,)), ())


class TestShippedPlan(PlanCase):
    """A new database knows where every Russian number belongs."""

    def test_every_number_of_the_registry_has_a_zone_and_a_district(self):
        [[count, without]] = self.env.execute_query(
            SQL(
                """
                SELECT sum(r.number_to::bigint - r.number_from::bigint + 1),
                       count(*) FILTER (WHERE COALESCE(r.timezone, s.callcenter_tz)
                                              IS NULL
                                           OR s.federal_district IS NULL
                                              AND r.state_id IS NOT NULL)
                  FROM callcenter_number_range r
                  LEFT JOIN res_country_state s ON s.id = r.state_id
                 WHERE r.number_from >= '9'
                """
            )
        )
        self.assertEqual((count, without), (CAPACITY, 0))

    def test_every_region_has_numbers_and_says_the_day_of_its_edition(self):
        edition, rows = read_plan(PLAN)
        self.assertEqual(edition, "2026-11-30")
        self.assertLess(PLAN.stat().st_size, 100_000)
        self.assertEqual(len({code for row in rows for code in row.codes}), 90)
        other = [("edition", "!=", "2026-11-30")]
        self.assertEqual(self.ranges.search_count(other), 0)

    def test_numbers_of_the_disputed_regions_go_by_moscow(self):
        moscow = "Europe/Moscow"
        for number, code in (
            ("9490000000", "93"),
            ("9590000000", "94"),
            ("9900000000", "90"),
            ("9901000000", "95"),
        ):
            with self.subTest(code):
                first = self.ranges.search(
                    [("state_id.code", "=", code), ("number_from", ">=", "9")], limit=1
                )
                self.assertEqual(
                    self.region(first.number_from), (code, moscow, "number"), number
                )

    def test_loading_again_changes_nothing(self):
        before = self.ranges.search_count([])
        mine = self.ranges.search([("number_from", "=like", "912%")], limit=1)
        mine.timezone = "Asia/Omsk"
        self.ranges._load_shipped()
        self.assertEqual(
            (self.ranges.search_count([]), mine.timezone), (before, "Asia/Omsk")
        )

    def test_an_older_edition_gives_way_and_what_a_person_entered_stays(self):
        self.env.cr.execute("DELETE FROM callcenter_number_range")
        sverdlovsk = self.env.ref("base.state_ru_sve").id
        entered = self.ranges.create(
            {
                "number_from": "9000000000",
                "number_to": "9000000999",
                "state_id": sverdlovsk,
            }
        )
        self.load("900;0001000;0061999;1;Old;Свердловская обл.", edition="2020-01-01")
        self.ranges._load_shipped()
        self.assertEqual(
            self.spans("9000000000", "9000061999"),
            [
                ("9000000000", "9000000999", "SVE"),
                ("9000001000", "9000061999", "KDA"),
            ],
        )
        self.assertTrue(entered.exists())
        self.assertEqual(self.region("3432000000")[0], "SVE")


class TestSharedRanges(PlanCase):
    """Two regions share a range: zone and district are sure, the address helps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM callcenter_number_range")

    def test_a_joint_range_tells_zone_district_and_its_main_region(self):
        self.load(
            "901;0000000;0000009;10;X;-;Московская область, Город Москва",
            "901;0000010;0000019;10;X;Республика Крым и г. Севастополь;",
        )
        moscow = ("MOW", "Europe/Moscow", "number")
        self.assertEqual(self.region("9010000005"), moscow)
        self.assertEqual(self.region("9010000015")[:2], ("CR", "Europe/Simferopol"))

    def test_an_address_in_the_same_district_and_zone_tells_which_one(self):
        self.load("901;0000000;0000009;10;X;-;Город Москва, Московская область")
        self.assertEqual(self.region("9010000005", "base.state_ru_mos")[0], "MOS")
        self.assertEqual(self.region("9010000005", "base.state_ru_sve")[0], "MOW")

    def test_a_number_of_one_region_is_not_moved_by_the_address(self):
        self.load("901;0000000;0000009;10;X;-;Город Москва")
        self.assertEqual(self.region("9010000005", "base.state_ru_mos")[0], "MOW")

    def test_a_number_of_the_whole_country_goes_by_the_address(self):
        self.load("901;0000000;0000009;10;X;Российская Федерация;Российская Федерация")
        self.assertEqual(self.region("9010000005"), (False, "Europe/Moscow", "number"))
        self.assertEqual(
            self.region("9010000005", "base.state_ru_sve"),
            ("SVE", "Asia/Yekaterinburg", "address"),
        )

    def test_desk_and_queue_find_the_same_place(self):
        self.load(
            "901;0000000;0000009;10;X;-;Город Москва, Московская область",
            "901;0000010;0000019;10;X;Российская Федерация;",
        )
        homes = ("base.state_ru_mos", "base.state_ru_sve", None)
        clients = self.env["res.partner"]
        for digit in (0, 1, 2):
            for home in homes:
                place = home and self.env.ref(home).id
                phone = f"+790100000{digit}{len(clients) % 10}"
                clients += self.build_client("Shop", phone=phone, state_id=place)
        campaign = self.build_campaign(clients)
        for client in clients:
            with self.subTest(phone=client.phone, home=client.state_id.code):
                queued, found = (
                    self.contact(campaign, client),
                    client._get_call_region(),
                )
                self.assertEqual(
                    (
                        queued.state_id.id,
                        queued.timezone,
                        queued.federal_district,
                        queued.region_source,
                    ),
                    (
                        found["state_id"] or False,
                        found["timezone"],
                        found["federal_district"] or False,
                        found["region_source"],
                    ),
                )


class TestRenewal(PlanCase):
    """A newer edition takes the place of an older one, range by range."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM callcenter_number_range")

    def test_the_whole_registry_loads_and_loads_again_over_itself(self):
        names = {
            codes: territory for _r, territory, codes in read_places() if territory
        }
        lines = [
            ";".join(
                (
                    row.number_from[:3],
                    row.number_from[3:],
                    row.number_to[3:],
                    "",
                    "Invented",
                    "-",
                    names["+".join(row.codes)],
                )
            )
            for row in read_plan(PLAN)[1]
            if row.number_from[:3] == row.number_to[:3]
        ]
        count = len(lines)
        self.assertGreater(count, 13_000)
        for _time in range(2):
            self.assertEqual(self.load(*lines), f"{count} of {count} ranges loaded.")
            self.assertEqual(self.ranges.search_count([]), count)
        shared = self.ranges.search([("is_shared", "=", True)]).state_id
        self.assertEqual(set(shared.mapped("code")), {"MOW", "SPE", "ARK", "CR"})

    def test_one_range_takes_the_place_of_many(self):
        self.load(
            "912;0000000;0000099;100;A;Свердловская обл.",
            "912;0000100;0000199;100;B;Пермский край",
            "912;0000300;0000399;100;C;Пермский край",
        )
        self.load("912;0000000;0000999;1000;D;Челябинская обл.")
        self.assertEqual(
            self.spans("9120000000", "9120000999"),
            [("9120000000", "9120000999", "CHE")],
        )

    def test_what_a_newer_range_leaves_of_an_older_one_stays(self):
        self.load("912;0000000;0000999;1000;A;Свердловская обл.")
        self.load("912;0000300;0000399;100;B;Пермский край", edition="2026-06-01")
        self.assertEqual(
            self.spans("9120000000", "9120000999"),
            [
                ("9120000000", "9120000299", "SVE"),
                ("9120000300", "9120000399", "PER"),
                ("9120000400", "9120000999", "SVE"),
            ],
        )

    def test_who_does_not_enter_every_company_loads_nothing(self):
        company = self.env["res.company"].create({"name": "Another"})
        stranger = new_test_user(
            self.env,
            "cc_stranger",
            groups="callcenter_ops.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        with self.assertRaises(AccessError):
            self.load("912;0000000;0000999;1000;A;Свердловская обл.", user=stranger)
        self.assertFalse(self.ranges.search_count([]))
