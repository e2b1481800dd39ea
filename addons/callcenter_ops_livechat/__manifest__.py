{
    "name": "Call Centre: Live Chat",
    "summary": "Ended live chats of operators are answered letters",
    "version": "19.0.5.0.0",
    "category": "Sales/Call Centre",
    "author": "Callcenter Ops maintainers",
    "license": "LGPL-3",
    "depends": ["callcenter_ops", "im_livechat"],
    "auto_install": True,
}
