"""What may be told of an answer, and when. No database here."""

# What a quiz tells, by the field that says when.
TOLD = ("right", "marks", "explanation", "feedback")
# From which moment on: each lasts to the end.
MOMENTS = ("during", "after", "closed", "never")


def get_told(rules, moment):
    """The things of ``TOLD`` that ``rules`` tell at ``moment``.

    :param rules: ``{thing: the moment from which it is told}``
    :param moment: ``during``, ``after`` or ``closed``
    """
    now = MOMENTS.index(moment)
    return {thing for thing in TOLD if MOMENTS.index(rules[thing]) <= now}


def get_right(kind, key, options, prompts, write_number=str):
    """The right answer as texts, in the order in which it is read."""
    if kind == "number":
        return [write_number(key["value"])]
    if kind == "short":
        return [text for text, is_right in key["answers"] if is_right]
    if kind == "spoken":
        return [f"{name}: {points}" for name, _about, points in key["criteria"]]
    return get_answer(kind, key["right"], options, prompts)


def get_answer(kind, response, options, prompts, write_number=str):
    """What was answered, as texts; empty where nothing was."""
    if kind == "number":
        return [write_number(number) for number in response or ()]
    if kind in ("short", "spoken"):
        return list(response or ())
    texts = [options[place] for place in response or ()]
    if kind == "match":
        pairs = zip(prompts or (), texts, strict=False)
        return [f"{prompt} — {text}" for prompt, text in pairs]
    return texts


def get_feedback(kind, key, response, find):
    """What the question says of the options that were chosen.

    :param find: place of a typed answer among the answers that are known, or None
    """
    said = key.get("feedback") or []
    places = response or []
    if kind == "short":
        place = find(key, response[0]) if response else None
        places = [] if place is None else [place]
    elif kind not in ("single", "multiple"):
        return []
    return [said[place] for place in places if place < len(said) and said[place]]
