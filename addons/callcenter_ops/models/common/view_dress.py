from ast import literal_eval

# Days are read faster as figures, sums without kopecks that are none.
_OPTIONS = {
    "date": ("numeric", True),
    "datetime": ("numeric", True),
    "monetary": ("hide_trailing_zeros", True),
}


class ViewDress:
    """How all our views show days, sums and long words, so that no view has to say it.

    What a view says itself stays.
    """

    def __init__(self, env):
        self.env = env

    def dress(self, model, node):
        """Complete the nodes of an arch of ``model`` in place."""
        if node.tag == "list":
            words = {*(node.get("class") or "").split(), "o_cc_whole_names"}
            node.set("class", " ".join(sorted(words)))
        for child in node:
            field = child.tag == "field" and model._fields.get(child.get("name"))
            self.dress(self._get_model(model, field), child)
            if field:
                self._dress_field(child, field)

    def _get_model(self, model, field):
        """Whose fields stand below: those of the lines, inside a field of lines."""
        is_lines = field and field.type in ("one2many", "many2many")
        return self.env[field.comodel_name] if is_lines else model

    def _dress_field(self, node, field):
        if field.type not in _OPTIONS or node.get("widget") not in (None, field.type):
            return
        name, value = _OPTIONS[field.type]
        options = literal_eval(node.get("options") or "{}")
        node.set("options", repr({name: value, **options}))
