"""From 19.0.2: what stands in the database before the new code meets it."""


def migrate(cr, _version):
    """Make room for the new shapes of tables."""
    let_payments_be_struck_out(cr)


def let_payments_be_struck_out(cr):
    """The document of a payment is unique among those that count: now an index."""
    cr.execute(
        "ALTER TABLE callcenter_debt_payment"
        " DROP CONSTRAINT IF EXISTS callcenter_debt_payment_name_unique"
    )
