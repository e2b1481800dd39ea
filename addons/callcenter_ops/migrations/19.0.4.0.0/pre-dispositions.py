"""Results may be a company's own now; those at a bad number are no contact."""


def migrate(cr, version):
    # The results that are there stay those of every company; the field's default
    # would give them to one.
    cr.execute(
        """
        ALTER TABLE callcenter_disposition
            ADD COLUMN IF NOT EXISTS company_id integer,
            DROP CONSTRAINT IF EXISTS callcenter_disposition_code_unique
        """
    )
    # Calls of the past keep what they were counted as.
    cr.execute(
        """
        UPDATE callcenter_disposition
           SET is_contact = FALSE, is_target = FALSE, is_sale = FALSE
         WHERE is_bad_number
        """
    )
