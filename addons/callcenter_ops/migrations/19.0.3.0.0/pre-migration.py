"""What is read before the new columns are there."""


def migrate(cr, version):
    join_search_limits(cr)
    let_payments_be_struck_out(cr)


def join_search_limits(cr):
    """One limit of look-ups for all ways: the larger one that was set."""
    cr.execute(
        """
        SELECT count(*) = 2 FROM information_schema.columns
         WHERE table_name = 'res_company'
           AND column_name IN ('callcenter_answer_hour', 'callcenter_answer_day')
        """
    )
    if not cr.fetchone()[0]:
        return
    cr.execute(
        """
        UPDATE res_company
           SET callcenter_search_hour =
                   GREATEST(callcenter_search_hour, callcenter_answer_hour),
               callcenter_search_day =
                   GREATEST(callcenter_search_day, callcenter_answer_day)
        """
    )


def let_payments_be_struck_out(cr):
    """The document of a payment is unique among those that count: now an index."""
    cr.execute(
        "ALTER TABLE callcenter_debt_payment"
        " DROP CONSTRAINT IF EXISTS callcenter_debt_payment_name_unique"
    )
