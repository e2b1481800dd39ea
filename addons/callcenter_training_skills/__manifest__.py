{
    "name": "Call Centre Training with Skills",
    "summary": "Certificates of the quizzes on the employee's resume",
    "version": "19.0.5.0.0",
    "category": "Human Resources/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_training", "hr_skills"],
    "auto_install": True,
}
