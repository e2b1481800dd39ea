from odoo import fields, models

from ...tools.figures.exchange_rows import parse_exchange_call


class DataImportExchange(models.AbstractModel):
    """Lines of the exchange's journal of incoming calls; each is loaded once.

    A call that is there already is left as it is, whatever a later file says.
    """

    _name = "callcenter.data.import.exchange"
    _description = "Loader of the exchange's journal"
    _inherit = "callcenter.data.import.loader"

    _load_model = "callcenter.exchange.call"

    def _parse_row(self, record, row, cells):
        now = record.company_id._callcenter_local(fields.Datetime.now())
        parsed = parse_exchange_call(row.line, cells, now.replace(tzinfo=None))
        parsed.values["name"] = parsed.values.get("ident", "")
        return parsed

    def _get_keys(self, values):
        return [values["ident"]]

    def _find_records(self, record, keys):
        calls = self.env["callcenter.exchange.call"].search(
            [("company_id", "=", record.company_id.id), ("ident", "in", list(keys))]
        )
        return {call.ident: call for call in calls}

    def _find_obstacle(self, values, found, earlier):
        return None

    def _prepare_values(self, record, parsed):
        values, company = parsed.values, record.company_id
        started = values["started"]
        return {
            "company_id": company.id,
            "ident": values["ident"],
            "line": values.get("line"),
            "started_at": company._callcenter_utc(started.date(), started.time()),
            "phone": values.get("phone"),
            "wait_seconds": values["wait"],
            "talk_seconds": values["talk"],
            "is_answered": values["is_answered"],
        }

    def _prepare_update(self, existing, values, overwrite):
        return {}

    def _create_records(self, plans):
        # sudo: nobody makes calls of the exchange by hand; the importer was checked
        return super(DataImportExchange, self.sudo())._create_records(plans)

    def _load_details(self, record, plans):
        """The figures of the days that have got calls, and word to the wallboards."""
        made = self.env["callcenter.exchange.call"].union(
            *(plan["existing"] for plan in plans if plan["outcome"] == "created")
        )
        if made:
            # sudo: figures are written by the loading of their calls alone
            figures = self.env["callcenter.service.day"].sudo()
            figures._count(record.company_id, set(made.mapped("day")))
            self.env["callcenter.wallboard"]._announce_service(record.company_id)
