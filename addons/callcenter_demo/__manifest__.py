{
    "name": "Call Centre Demo Company",
    "summary": "An invented company with people, goods, clients and a past; for trying",
    "version": "19.0.5.0.0",
    "category": "Hidden",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_training"],
    "data": [
        # the company and its people first: every other room's data stand on them
        "demo/personnel/company.xml",
        "demo/position/job_description.xml",
        "demo/position/policies.xml",
        "demo/calling/script.xml",
        "demo/quiz/assortment.xml",
        "demo/quiz/season.xml",
    ],
    "post_init_hook": "tell_stories",
}
