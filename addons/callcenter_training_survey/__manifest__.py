{
    "name": "Call Centre Training with Surveys",
    "summary": "A morning round as a live session of Odoo's surveys",
    "version": "19.0.5.0.0",
    "category": "Human Resources/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_training", "survey"],
    "auto_install": True,
    "data": ["views/briefing_views.xml"],
}
