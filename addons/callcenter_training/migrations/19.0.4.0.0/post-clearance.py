"""Why a clearance is out of force is kept as a code and told in each reader's words."""


def migrate(cr, version):
    cr.execute(
        """UPDATE callcenter_clearance SET reason_code = CASE
               WHEN state = 'expired' THEN 'ended'
               WHEN delta_due_on IS NOT NULL THEN 'unproven' ELSE 'regraded' END
            WHERE state <> 'valid' AND reason_code IS NULL"""
    )
    cr.execute("ALTER TABLE callcenter_clearance DROP COLUMN IF EXISTS reason")
