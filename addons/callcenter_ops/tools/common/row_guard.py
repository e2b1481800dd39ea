"""Bodies of triggers that keep finished rows as they are (PL/pgSQL)."""

# What Odoo itself writes beside the contents of a record.
MARKS = ("write_uid", "write_date", "message_main_attachment_id")


def frozen(model, states, **columns):
    """The bodies for update and deletion of a model that is final in ``states``.

    :param columns: as of ``frozen_update``
    """
    return frozen_update(model, states, **columns), frozen_delete(states)


def frozen_update(model, states, free=(), moved=(), once=(), emptied=(), stays=False):
    """The body for an update of a model with a state.

    The state moves only with a line on the trail in the same transaction, which the
    product's own methods write. In ``states`` nothing changes but what is named.

    :param states: states in which the row is frozen
    :param free: columns that may still change
    :param moved: columns that may change together with the state
    :param once: columns that may be filled where they are empty, and stay so then
    :param emptied: links to what may be deleted one day
    :param stays: a frozen row never leaves ``states``
    """
    final = _texts(states)
    back = f" AND NEW.state IN ({final})" if stays else ""
    return f"""
        IF NEW.state IS DISTINCT FROM OLD.state
                AND NOT callcenter_told('{model}', OLD.id, NEW.state) THEN
            RAISE EXCEPTION '{model} moves by its own methods alone'
                USING ERRCODE = '23514';
        END IF;
        IF OLD.state NOT IN ({final}) THEN
            RETURN NEW;
        END IF;
        IF {unchanged((*free, *once, *emptied))} AND {filled_once(once)}
                AND {kept_or_emptied(*emptied) or "TRUE"} AND NEW.state = OLD.state THEN
            RETURN NEW;
        END IF;
        IF NEW.state <> OLD.state{back}
                AND {unchanged(("state", *free, *moved))} THEN
            RETURN NEW;
        END IF;
    """


def frozen_delete(states):
    """The body for a deletion: only a row that is not frozen goes."""
    return f"IF OLD.state NOT IN ({_texts(states)}) THEN RETURN OLD; END IF;"


def unchanged(free):
    """A condition: the row is the same but for the columns ``free``."""
    names = ", ".join((*free, *MARKS))
    return (
        f"to_jsonb(NEW) - '{{{names}}}'::text[] = to_jsonb(OLD) - '{{{names}}}'::text[]"
    )


def filled_once(columns):
    """A condition: what was in each column is in it still."""
    kept = [
        f"(OLD.{name} IS NULL OR NEW.{name} IS NOT DISTINCT FROM OLD.{name})"
        for name in columns
    ]
    return " AND ".join(kept) or "TRUE"


def kept_or_emptied(*columns):
    """A condition: each column is as it was, or empty now."""
    return " AND ".join(
        f"(NEW.{name} IS NULL OR NEW.{name} IS NOT DISTINCT FROM OLD.{name})"
        for name in columns
    )


def same_client(column="partner_id"):
    """A condition: the client is the same, emptied, or merged into another."""
    return (
        f"(NEW.{column} IS NULL OR NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
        f" OR callcenter_told('res.partner', NEW.{column}, 'merged'))"
    )


def _texts(words):
    return ", ".join(f"'{word}'" for word in words)
