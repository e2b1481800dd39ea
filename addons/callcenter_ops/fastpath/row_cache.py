"""Putting into the ORM's cache what one statement has read of a record anyway."""

from .switch import ROWS, is_on


def warm(record, **values):
    """Let ``record`` know some of its columns; what is known already stays.

    A desk's request needs a few columns of wide tables. Reading them by name costs a
    tenth of fetching whole rows. Without it the ORM reads them when they are asked for.

    :param record: one, or none, of which nothing is known
    :param values: as the cache holds them: ids of relations, None for nothing; of
        fields that no language changes
    """
    if not record or not is_on(ROWS):
        return
    for name, value in values.items():
        record._fields[name]._get_cache(record.env).setdefault(record.id, value)
