"""Debts by age: how long what is owed has been due.

The buckets are those of an aged receivables report: 30 days wide, the last one open.
"""

NOT_DUE, UNKNOWN = "not_due", "unknown"
# Name of a bucket and the most days that it holds; None = no end.
BUCKETS = (
    (NOT_DUE, -1),
    ("to_30", 30),
    ("to_60", 60),
    ("to_90", 90),
    ("beyond", None),
)


def get_bucket(days):
    """The bucket of what has been due for ``days``; negative: it is due later."""
    if days is None:
        return UNKNOWN
    return next(name for name, most in BUCKETS if most is None or days <= most)


def bucket_sql(days):
    """The same as a statement's expression.

    :param str days: an expression of whole days, NULL = unknown
    """
    cases = " ".join(
        f"WHEN {days} <= {most} THEN '{name}'"
        for name, most in BUCKETS
        if most is not None
    )
    last = BUCKETS[-1][0]
    return f"CASE WHEN {days} IS NULL THEN '{UNKNOWN}' {cases} ELSE '{last}' END"
