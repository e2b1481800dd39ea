from .kept_plans import keep_plans


def install_fastpath():
    """Change what a process of Odoo does; called once, as it loads the addon."""
    keep_plans()
