class QuestionAsker:
    """Makes what is asked out of written questions, as the maker does out of facts."""

    def make(self, questions, rng):
        """The questions as dicts, see ``QuestionMaker``."""
        return [self._make_one(question, rng) for question in questions]

    def _make_one(self, question, rng):
        stem = "\n\n".join(filter(None, [question.dialogue, question.stem]))
        case = question.parent_id
        made = self._ASKING[question.kind](self, question, rng)
        made["key"]["credit"] = question.credit
        return made | {
            "question_id": question.id,
            "situation": case.dialogue or False,
            "step": case.child_ids.ids.index(question.id) + 1 if case else 0,
            "step_count": len(case.child_ids),
            "stem": stem,
            "weight": question.weight,
            "is_critical": question.is_critical,
            "image_128": question.with_context(bin_size=False).image_128,
        }

    def _ask_single(self, question, rng):
        options = self._shuffle(question, rng)
        right = [place for place, option in enumerate(options) if option.is_right]
        return {
            "kind": question.kind,
            "options": [option.text for option in options],
            "pictures": self._get_pictures(options),
            "key": {"right": right},
            "feedback": [option.feedback or "" for option in options],
            "guess": 1 / len(options),
        }

    def _ask_multiple(self, question, rng):
        return self._ask_single(question, rng) | {
            "guess": 0.5 ** len(question.option_ids)
        }

    def _ask_number(self, question, rng):
        return {
            "kind": "number",
            "options": [],
            "key": {"value": question.number, "tolerance": question.tolerance},
            "guess": 0.05,
        }

    def _ask_short(self, question, rng):
        """Nothing of the answers is shown, so nothing of them is among the options."""
        answers = question.option_ids
        return {
            "kind": "short",
            "options": [],
            "key": {
                "answers": [[answer.text, answer.is_right] for answer in answers],
                "typos": int(question.typos),
            },
            "feedback": [answer.feedback or "" for answer in answers],
            "guess": 0.0,
        }

    def _ask_spoken(self, question, rng):
        """The rubric is the rater's: nobody who answers sees it."""
        return {
            "kind": "spoken",
            "options": [],
            "key": {
                "criteria": [
                    [criterion.text, criterion.feedback or "", criterion.points]
                    for criterion in question.option_ids
                ]
            },
            "guess": 0.0,
            "needed": question.needed_percent / 100,
        }

    def _ask_order(self, question, rng):
        options = self._shuffle(question, rng)
        return self._ask_places(question, options, question.option_ids)

    def _ask_match(self, question, rng):
        options = self._shuffle(question, rng)
        asked = question.option_ids
        return self._ask_places(question, options, asked) | {
            "prompts": asked.mapped("prompt"),
            "pictures": self._get_pictures(asked),
        }

    # The kinds of written questions.
    _ASKING = {
        "single": _ask_single,
        "multiple": _ask_multiple,
        "number": _ask_number,
        "short": _ask_short,
        "spoken": _ask_spoken,
        "order": _ask_order,
        "match": _ask_match,
    }

    def _ask_places(self, question, options, wanted):
        """The key names, place by place, the position of the option it takes."""
        position = {option.id: place for place, option in enumerate(options)}
        return {
            "kind": question.kind,
            "options": [option.text for option in options],
            "pictures": self._get_pictures(options),
            "key": {"right": [position[option.id] for option in wanted]},
            "guess": 0.0,
        }

    def _get_pictures(self, shown):
        """Ids of the options in the order shown, where any has a picture.

        What was released keeps its pictures, so that no copy of them is made.
        """
        shown = [option.with_context(bin_size=True) for option in shown]
        if not any(option.image_128 for option in shown):
            return []
        return [option.id if option.image_128 else False for option in shown]

    def _shuffle(self, question, rng):
        options = list(question.option_ids)
        rng.shuffle(options)
        if question.kind == "order" and options == list(question.option_ids):
            options.reverse()  # the order shown is never the answer
        return options
