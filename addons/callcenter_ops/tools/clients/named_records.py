"""Which records the values of a record point to, as RPC may write them."""

from contextlib import suppress

CREATE, UPDATE, LINK, SET = 0, 1, 4, 6


def named_records(model, vals):
    """Pairs of model name and id in ``vals``, however deep.

    :param model: recordset of the model that the values are for
    :param dict vals: as ``create``, ``write`` and ``onchange`` take them
    """
    for name, value in vals.items():
        field = model._fields.get(name)
        if field is None or not value:
            continue
        if field.type == "many2one_reference":
            referred = _get_referred_model(model, field.model_field, vals)
            yield from ((referred, id_) for id_ in read_ids(value))
        elif field.type == "reference":
            comodel, _comma, id_ = str(value).partition(",")
            yield from ((comodel, one) for one in read_ids(id_))
        elif field.relational:
            yield from _linked(model.env[field.comodel_name], field, value)


def read_ids(value):
    """Every number that Odoo or PostgreSQL may take ``value`` for.

    >>> read_ids("300"), read_ids([300]), read_ids({"id": [300]}), read_ids("virtual_1")
    ([300], [300], [300], [])
    """
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, (list, tuple, set)):
        return [id_ for one in value for id_ in read_ids(one)]
    with suppress(TypeError, ValueError, OverflowError):
        return [int(value)]
    return []


def _get_referred_model(model, model_field, vals):
    """The model that a bare id belongs to; it may follow from another value."""
    known = vals.get(model_field) or model[:1][model_field]
    if known:
        return known
    others = {name: value for name, value in vals.items() if name != model_field}
    return model.new(others)[model_field]


def _linked(comodel, field, value):
    if field.type == "many2one":
        yield from _in_item(comodel, value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _in_item(comodel, item, of_list=True)
    else:
        yield from _in_item(comodel, value)


def _in_item(comodel, item, of_list=False):
    """An id, the values of a record, or a command of a list."""
    if of_list and isinstance(item, (list, tuple)):
        yield from _in_command(comodel, *item)
        return
    yield from ((comodel._name, id_) for id_ in read_ids(item))
    if isinstance(item, dict):
        yield from named_records(comodel, item)


def _in_command(comodel, code=0, id_=0, more=None, *_rest):
    if code in (UPDATE, LINK):
        yield from ((comodel._name, one) for one in read_ids(id_))
    if code in (CREATE, UPDATE) and isinstance(more, dict):
        yield from named_records(comodel, more)
    elif code == SET:
        yield from ((comodel._name, one) for one in read_ids(more))
