"""Which records the values of a record point to, as RPC may write them."""

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
            yield _get_referred_model(model, field.model_field, vals), value
        elif field.type == "reference":
            comodel, _comma, id_ = str(value).partition(",")
            yield comodel, int(id_) if id_.isdigit() else 0
        elif field.relational:
            yield from _linked(model.env[field.comodel_name], field, value)


def _get_referred_model(model, model_field, vals):
    """The model that a bare id belongs to; it may follow from another value."""
    known = vals.get(model_field) or model[:1][model_field]
    return known or model.new(dict(vals))[model_field]


def _linked(comodel, field, value):
    if field.type != "many2one":
        for item in value:
            yield from _in_item(comodel, item)
    elif isinstance(value, (list, tuple)):
        yield comodel._name, value[0]
    else:
        yield from _in_item(comodel, value)


def _in_item(comodel, item):
    """An id, the values of a record, or a command of a list."""
    if isinstance(item, dict):
        yield comodel._name, item.get("id")
        yield from named_records(comodel, item)
    elif isinstance(item, (list, tuple)):
        yield from _in_command(comodel, *item)
    else:
        yield comodel._name, item


def _in_command(comodel, code, id_=0, more=None):
    if code in (UPDATE, LINK):
        yield comodel._name, id_
    if code in (CREATE, UPDATE):
        yield from named_records(comodel, more or {})
    elif code == SET:
        yield from ((comodel._name, one) for one in more or ())
