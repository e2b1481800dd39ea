{
    "name": "Call Centre: Time Off",
    "summary": "Deputies for heads who are on leave",
    "version": "19.0.5.0.0",
    "category": "Sales/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops", "hr_holidays"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/ir_cron.xml",
    ],
    "auto_install": True,
}
