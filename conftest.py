"""What holds for every test of the repository."""

import os

import pytest
from odoo.modules.registry import Registry


@pytest.fixture(autouse=True, scope="session")
def short_passwords():
    """Users of tests have short passwords; a test of the policy sets its own."""
    name = os.environ.get("TEST_DATABASE")
    if not name:
        return
    with Registry(name).cursor() as cr:
        cr.execute(
            "UPDATE ir_config_parameter SET value = '8'"
            " WHERE key = 'auth_password_policy.minlength'"
        )
    Registry(name).clear_cache("stable", "default")
