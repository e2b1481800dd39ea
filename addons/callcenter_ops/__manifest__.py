{
    "name": "Call Centre Operations",
    "summary": "Operators' orders and documents, workplaces, calls and report sheets",
    "version": "19.0.1.0.0",
    "category": "Sales/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "base_import",
        "crm",
        "hr_maintenance",
        "phone_validation",
        "product",
    ],
    "external_dependencies": {"python": ["phonenumbers", "holidays", "xlsxwriter"]},
    "data": [
        # groups first, then access rows and rules by room
        "security/groups.xml",
        # common
        "views/menus.xml",
        "security/common/ir.model.access.csv",
        "security/common/rules.xml",
        "data/common/ir_cron.xml",
        "views/common/data_import_views.xml",
        "views/common/res_partner_views.xml",
        # personnel
        "security/personnel/ir.model.access.csv",
        "security/personnel/rules.xml",
        "data/personnel/dismissal_ground_data.xml",
        "data/personnel/ir_cron_data.xml",
        "views/personnel/personnel_order_views.xml",
        # position
        # workstation
        "security/workstation/ir.model.access.csv",
        "security/workstation/rules.xml",
        "data/workstation/ir_sequence_data.xml",
        "views/workstation/cost_item_views.xml",
        "views/workstation/workstation_kit_views.xml",
        "views/workstation/workstation_views.xml",
        "views/workstation/maintenance_equipment_views.xml",
        "views/workstation/handover_views.xml",
        "views/workstation/phone_views.xml",
        "views/workstation/workstation_budget_views.xml",
        "views/workstation/menus.xml",
        # calling
        "security/calling/ir.model.access.csv",
        "security/calling/rules.xml",
        "data/calling/res_country_state.xml",
        "data/calling/res.country.state.csv",
        "data/calling/callcenter.number.range.csv",
        "data/calling/refusal_reason.xml",
        "data/calling/pause_reason.xml",
        "data/calling/disposition.xml",
        "data/calling/rule_set.xml",
        "data/calling/utm_source.xml",
        "data/calling/ir_cron.xml",
        "views/calling/desk_views.xml",
        # supervision
        "security/supervision/ir.model.access.csv",
        "security/supervision/rules.xml",
        "data/supervision/ir_cron.xml",
        "wizard/supervision/report_sheet_reason_views.xml",
        "report/supervision/report_sheet_report.xml",
        "views/supervision/report_sheet_views.xml",
        "views/supervision/call_views.xml",
        "views/supervision/supervision_menus.xml",
    ],
    "demo": [
        # company first: every other room's demo stands on it
    ],
    "assets": {
        "web.assets_backend": [
            "callcenter_ops/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "callcenter_ops/static/tests/**/*",
        ],
    },
}
