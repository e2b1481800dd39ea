{
    "name": "Call Centre: Sales",
    "summary": "The client's open orders on the operator's card",
    "version": "19.0.5.0.0",
    "category": "Sales/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops", "sale"],
    "auto_install": True,
}
