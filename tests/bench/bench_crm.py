"""Odoo's own work, for scale. An example for the rooms' benchmarks."""

from registry import bench


@bench(
    "crm.lead.create over HTTP",
    unit="leads/s",
    reference="res.users.context_get over HTTP",
)
def create_lead(context):
    rpc = context.rpc()
    return context.rate(lambda: rpc.call("crm.lead", "create", [{"name": "Bench"}]))
