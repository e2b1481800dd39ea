"""The federal districts of Russia, as choices of a field."""

FEDERAL_DISTRICTS = [
    ("central", "Central Federal District"),
    ("northwestern", "Northwestern Federal District"),
    ("southern", "Southern Federal District"),
    ("north_caucasian", "North Caucasian Federal District"),
    ("volga", "Volga Federal District"),
    ("ural", "Ural Federal District"),
    ("siberian", "Siberian Federal District"),
    ("far_eastern", "Far Eastern Federal District"),
]
