"""What the telephone network did with a call, apart from its business result."""

# Groups of the answers of a PBX (SIP codes in brackets).
TECHNICAL_STATUSES = [
    ("answered", "Answered"),  # 200
    ("busy", "Busy"),  # 486
    ("no_answer", "No answer"),  # 304, 408
    ("unavailable", "Unavailable"),  # 480
    ("no_number", "Number does not exist"),  # 404, 484
    ("rejected", "Rejected"),  # 603
    ("machine", "Answering machine"),
    ("fax", "Fax"),
    ("dropped", "Cut off"),
    ("failed", "Line failure"),
]
