"""The database's own refusal to touch a finished acknowledgement.

The ORM guard covers every client of Odoo; the trigger covers whoever reaches the
table another way. Columns that say nothing about the signature (the user of a
returning employee, columns that later versions add) stay writable.
"""

PROTECTED_COLUMNS = (
    "employee_id",
    "company_id",
    "job_id",
    "description_id",
    "policy_id",
    "order_id",
    "document_name",
    "requested_on",
    "due_date",
    "signed_on",
    "signed_by_id",
    "signature",
    "signature_image",
    "content_hash",
    "ip_address",
    "expires_on",
    "refused_on",
    "refusal_reason",
    "witness_id",
    "second_witness_id",
)
# What is kept once: papers signed by an older version get their words by an upgrade.
KEPT_COLUMNS = (
    "signed_department_id",
    "signed_way",
    "read_on",
    "paper_words",
    "paper_hash",
)
_FUNCTION = """
CREATE OR REPLACE FUNCTION callcenter_acknowledgement_guard() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'acknowledgements are append-only' USING ERRCODE = '23001';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state <> OLD.state
        AND NOT callcenter_told('callcenter.acknowledgement', OLD.id, NEW.state)
    THEN
        RAISE EXCEPTION 'an acknowledgement moves by its own methods alone'
            USING ERRCODE = '23001';
    END IF;
    IF OLD.state = 'pending' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a finished acknowledgement cannot be deleted'
            USING ERRCODE = '23001';
    END IF;
    IF (%(new)s) IS DISTINCT FROM (%(old)s)
        OR %(kept)s
        OR (NEW.state <> OLD.state AND NOT (
            OLD.state = 'signed' AND NEW.state = 'expired'
            AND OLD.expires_on IS NOT NULL))
    THEN
        RAISE EXCEPTION 'a finished acknowledgement cannot be changed'
            USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER callcenter_acknowledgement_append_only
    BEFORE UPDATE OR DELETE ON callcenter_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION callcenter_acknowledgement_guard();

CREATE OR REPLACE TRIGGER callcenter_acknowledgement_no_truncate
    BEFORE TRUNCATE ON callcenter_acknowledgement
    FOR EACH STATEMENT EXECUTE FUNCTION callcenter_acknowledgement_guard();
"""


def get_trigger_sql():
    """SQL that creates the triggers or brings them up to date."""
    return _FUNCTION % {
        "new": ", ".join(f"NEW.{column}" for column in PROTECTED_COLUMNS),
        "old": ", ".join(f"OLD.{column}" for column in PROTECTED_COLUMNS),
        "kept": " OR ".join(
            f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"
            for column in KEPT_COLUMNS
        ),
    }
