"""Seeds go for good; what an open attempt needs moves to where nobody reads it."""


def migrate(cr, version):
    hide_nonces(cr)
    drop_seeds(cr)


def hide_nonces(cr):
    """Give each question of an open attempt its nonce, kept with its key."""
    cr.execute(
        "ALTER TABLE callcenter_quiz_attempt_key ADD COLUMN IF NOT EXISTS nonce varchar"
    )
    # The keys are append-only; their guard comes back when the model is loaded.
    cr.execute(
        "DROP TRIGGER IF EXISTS callcenter_quiz_attempt_key_guard"
        " ON callcenter_quiz_attempt_key"
    )
    cr.execute(
        "UPDATE callcenter_quiz_attempt_key SET nonce = gen_random_uuid()::text"
        " WHERE nonce IS NULL"
    )


def drop_seeds(cr):
    cr.execute("ALTER TABLE callcenter_quiz_attempt DROP COLUMN IF EXISTS seed")
    cr.execute("ALTER TABLE callcenter_quiz_attempt_item DROP COLUMN IF EXISTS nonce")
