from odoo.exceptions import UserError

from ...tools.personnel.labour_checks import OrderFacts


class OrderChecks:
    """Looks at an order with the dated checks of law and company.

    :param order: ``callcenter.personnel.order``, one record
    """

    def __init__(self, order):
        self.order = order
        self.env = order.env

    def find(self):
        """The checks that the order does not pass; none for one brought in."""
        checks = self.env["callcenter.labour.check"]
        if self.order.brought_in or not (
            self.order.date_order and self.order.date_effective
        ):
            return checks
        return checks._find_violations(self._get_facts())

    def refuse(self):
        """Raise UserError with everything that the law or the company refuses."""
        refused = self.find().filtered(lambda check: check.severity == "refuse")
        if refused:
            raise UserError("\n".join(refused.mapped("display_name")))

    def note(self):
        """Keep in the history what the user was warned of and went on with."""
        warned = self.find().filtered(lambda check: check.severity == "warn")
        reader = self.order._told_to()
        for check in warned:
            self.order._log_line(
                reader.env._(
                    "Went on in spite of: %(warning)s",
                    warning=check.with_env(reader.env).display_name,
                )
            )

    def _get_facts(self):
        # sudo: wage and contract count whoever looks at the order
        order = self.order.sudo()
        person, ground = order.employee_id, order.dismissal_ground_id
        version = person._get_version(order.date_effective)
        return OrderFacts(
            order_type=order.order_type,
            today=order.company_id._callcenter_today(),
            date_order=order.date_order,
            date_effective=order.date_effective,
            date_end=order.date_end or None,
            wage=order.wage,
            trial_months=order.trial_months,
            contract_number=order.contract_number,
            ground=ground.code or "",
            initiative=ground.initiative or "",
            notice_days=ground.notice_days,
            notice_date=order.notice_date or None,
            trial_end=version.trial_date_end or None,
            contract_end=version.contract_date_end or None,
            is_namesake=self._has_namesake(person),
        )

    def _has_namesake(self, person):
        others = person.search_count(
            [
                ("name", "=ilike", person.name or ""),
                ("id", "!=", person.id),
                ("company_id", "=", person.company_id.id),
                ("callcenter_status", "=", "appointed"),
            ],
            limit=1,
        )
        return bool(others)
