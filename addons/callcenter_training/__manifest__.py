{
    "name": "Call Centre Training",
    "summary": "Quizzes from the assortment, mastery and clearance to call",
    "version": "19.0.1.0.0",
    "category": "Human Resources/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops"],
    "external_dependencies": {"python": ["fsrs"]},
    "data": [
        # groups first, then access rows and rules by room
        "security/groups.xml",
        "views/menus.xml",
        # bank
        # quiz
        # mastery
        # clearance
        # analysis
    ],
    "demo": [],
    "assets": {},
}
