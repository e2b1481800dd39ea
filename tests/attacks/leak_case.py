"""What attacks on the closed client base share."""

from attack_case import AttackCase
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

SECRET = "Zvezdochet"
MAIL = f"{SECRET.lower()}@example.com"
NUMBER = "+73430004455"
# The client base is closed to them.
CLOSED = ("operator", "hr", "director", "trainer", "outsider")
WHEN = {"start": "2026-03-02 06:00:00", "stop": "2026-03-02 07:00:00"}
TEXTS = ("char", "text", "html")
LISTS = ("one2many", "many2many")


class LeakCase(AttackCase):
    """A client who is in nobody's hands, in every place where he may be found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["operator"] = cls.build_operator("Operator One").user_id
        for role in CLOSED:
            cls.users[role].group_ids += cls.env.ref("base.group_allow_export")
        cls.stranger = cls.build_client(SECRET, phone=NUMBER, email=MAIL, city=SECRET)
        cls._leave_traces()

    @classmethod
    def _leave_traces(cls):
        """The client in the places of Odoo's that every employee looks into."""
        client = cls.stranger
        cls.env["res.partner.bank"].create(
            {"acc_number": "40700000000000000001", "partner_id": client.id}
        )
        client.message_subscribe(client.ids)
        cls.message = client.message_post(
            body=SECRET, author_id=client.id, partner_ids=client.ids
        )
        cls.event = cls.env["calendar.event"].create(
            {
                "name": SECRET,
                **WHEN,
                "partner_ids": [(6, 0, client.ids)],
                "user_id": cls.users["supervisor"].id,
            }
        )
        cls.lead = cls.env["crm.lead"].create({"name": SECRET, "partner_id": client.id})
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": SECRET,
                "raw": SECRET.encode(),
                "res_model": "res.partner",
                "res_id": client.id,
            }
        )
        notifications = cls.env["mail.notification"]
        notifications.create(
            {"mail_message_id": cls.message.id, "res_partner_id": client.id}
        )
        cls.notifications = notifications.search([])

    def _get_seen(self, user):
        self.env.flush_all()
        partners = self.env["res.partner"].with_user(user)
        return partners.with_context(active_test=False).search([]).sudo()

    def _has_access(self, name, role, operation):
        return self.env[name].with_user(self.users[role]).has_access(operation)

    def _get_readable(self, role):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not model._abstract and model._auto and not model._transient:
                if self._has_access(name, role, "read"):
                    yield model.with_user(self.users[role])

    def _get_texts(self, model):
        return [
            name
            for name, field in model._fields.items()
            if field.store and field.type in TEXTS and field.column_type
        ]

    def _finds(self, model, field):
        words = (SECRET, NUMBER[2:], "40700000000000000001")
        domain = Domain.OR(Domain(field, "ilike", word) for word in words)
        try:
            with self.env.cr.savepoint():
                return bool(model.search(domain, limit=1))
        except (AccessError, UserError):
            return False

    def _get_links(self, role, operation):
        """``(model, field)`` of all fields by which a record can name a partner."""
        links = []
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not self._has_access(name, role, operation):
                continue
            links += [
                (name, field)
                for field in model._fields.values()
                if field.comodel_name == "res.partner"
                and field.type in ("many2one", "many2many")
                and model.with_user(self.users[role])._has_field_access(field, "read")
            ]
        return links

    def _get_shapes(self, field, role):
        """The client's id as the ORM may understand it.

        The same guard keeps them from all, so one role tries every shape.
        """
        client = self.stranger.id
        if field.type == "many2one":
            shapes = (client, {"id": [client]}, str(client), [client], {"id": client})
        else:
            shapes = (
                [[4, client]],
                [[6, 0, [str(client)]]],
                [[4, str(client)]],
                [[6, 0, [client]]],
                [client],
                [[1, client, {}]],
            )
        return shapes if role == "operator" else shapes[:2]

    def _get_spec(self, model):
        """What the form asks to be told: every text, and every partner by name."""
        spec = {}
        for name, field in self.env[model]._fields.items():
            if field.type in TEXTS:
                spec[name] = {}
            elif field.comodel_name == "res.partner":
                spec[name] = {"fields": {"display_name": {}, "phone": {}}}
        return spec

    def _fill(self, model, role):
        """Values of the required fields, so that nothing else stops the record."""
        values = {"integer": 1, "float": 1, "date": "2026-03-02", "boolean": True}
        values |= dict.fromkeys(TEXTS, "x") | {"datetime": "2026-03-02 06:00:00"}
        vals = {}
        for name, field in self.env[model]._fields.items():
            if not field.required or not field.store or field.compute or field.default:
                continue
            if field.type in values:
                vals[name] = values[field.type]
            elif field.type == "selection":
                vals[name] = field.get_values(self.env)[0]
            elif field.type == "many2one":
                comodel = self.env[field.comodel_name].with_user(self.users[role])
                if comodel.has_access("read"):
                    vals[name] = comodel.search([], limit=1).id
        return vals

    def _get_made(self, user, model, field):
        """What of the model the user made that names the client."""
        records = self.env[model].sudo().with_context(active_test=False)
        if records._log_access:
            records = records.search([("create_uid", "=", user.id)])
        else:
            records = records.search([]) - self.notifications
        return records.filtered(lambda record: self.stranger in record[field.name])

    def _store_default(self, user, model, field):
        self.env["ir.default"].search([("user_id", "=", user.id)]).unlink()
        field_id = self.env["ir.model.fields"]._get(model, field.name).id
        vals = {"field_id": field_id, "user_id": user.id}
        vals["json_value"] = str(self.stranger.id)
        self.call("ir.default", "create", [vals])

    def _put_on_own(self, user, with_client=True):
        """A record of the user's own, the client among its followers by others."""
        event = self.env["calendar.event"].create(
            {"name": "Own", **WHEN, "user_id": user.id}
        )
        event.partner_ids = user.partner_id
        if with_client:
            event.message_subscribe(self.stranger.ids)
        return event
