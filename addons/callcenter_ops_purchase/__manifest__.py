{
    "name": "Call Centre: Purchase Orders",
    "summary": "Expenses of workplace budgets are taken from purchase orders",
    "version": "19.0.5.0.0",
    "category": "Sales/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops", "purchase"],
    "data": ["security/rules.xml", "wizard/workstation_actual_take_views.xml"],
    "auto_install": True,
}
