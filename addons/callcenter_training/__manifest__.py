{
    "name": "Call Centre Training",
    "summary": "Quizzes from the assortment, mastery and clearance to call",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops"],
    "external_dependencies": {"python": ["fsrs", "openpyxl", "qrcode", "xlsxwriter"]},
    "data": [
        # groups first, then access rows and rules by room
        "security/groups.xml",
        "views/menus.xml",
        # bank
        "security/bank/ir.model.access.csv",
        "security/bank/rules.xml",
        "security/bank/data_import.xml",
        "views/bank/fact_views.xml",
        "views/bank/question_template_views.xml",
        "views/bank/question_views.xml",
        "wizard/bank/question_file_views.xml",
        "views/bank/product_views.xml",
        # quiz
        "security/quiz/ir.model.access.csv",
        "security/quiz/rules.xml",
        "views/quiz/quiz_attempt_views.xml",
        "views/quiz/quiz_signal_views.xml",
        # clearance
        "security/clearance/ir.model.access.csv",
        "security/clearance/rules.xml",
        "report/clearance/certificate_templates.xml",
        "views/clearance/certificate_views.xml",
        "views/clearance/clearance_views.xml",
        "views/clearance/timeline_views.xml",
        "views/clearance/hr_employee_views.xml",
        "views/clearance/campaign_views.xml",
        "views/quiz/quiz_views.xml",
        # mastery
        "security/mastery/ir.model.access.csv",
        "security/mastery/rules.xml",
        "views/mastery/coverage_views.xml",
        "views/mastery/knowledge_views.xml",
        "views/mastery/briefing_views.xml",
        # analysis
        "security/analysis/ir.model.access.csv",
        "security/analysis/rules.xml",
        "views/analysis/item_stat_views.xml",
        "views/analysis/option_stat_views.xml",
        "views/analysis/knowledge_result_views.xml",
        "views/analysis/briefing_effect_views.xml",
        # data last: the templates build the bank
        "data/bridges.xml",
        "data/ir_cron_data.xml",
        "data/ir_sequence_data.xml",
        "data/bank/question_template_data.xml",
        "data/bank/starter_bank.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "callcenter_training/static/src/**/*",
        ],
    },
}
