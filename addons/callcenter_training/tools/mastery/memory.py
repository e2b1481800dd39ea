"""How long a person remembers: FSRS with its default parameters.

The model is the open spaced-repetition scheduler FSRS-6 (library ``fsrs``); this file
keeps its cards as plain dictionaries of numbers and naive UTC datetimes.
"""

from datetime import timezone

from fsrs import Card, Rating, Scheduler, State

_SCHEDULER = Scheduler(enable_fuzzing=False)
# R(t) = (1 + FACTOR * t / S) ** DECAY: the chance to remember after t days.
DECAY = -_SCHEDULER.parameters[20]
FACTOR = 0.9 ** (1 / DECAY) - 1
REMEMBERED = 0.9
# The state of what is learnt and only repeated.
REVIEW = State.Review.value


def new_card():
    """A card never reviewed."""
    return {
        "state": State.Learning.value,
        "step": 0,
        "stability": None,
        "difficulty": None,
        "due_at": None,
        "last_review_at": None,
    }


def review(card, was_right, now):
    """The card after an answer at ``now`` (naive UTC); ``card`` stays as it was."""
    rating = Rating.Good if was_right else Rating.Again
    moment = now.replace(tzinfo=timezone.utc)
    after, _log = _SCHEDULER.review_card(_to_card(card, moment), rating, moment)
    return {
        "state": after.state.value,
        "step": after.step,
        "stability": after.stability,
        "difficulty": after.difficulty,
        "due_at": _naive(after.due),
        "last_review_at": _naive(after.last_review),
    }


def _to_card(card, moment):
    aware = {
        name: card[name] and card[name].replace(tzinfo=timezone.utc)
        for name in ("due_at", "last_review_at")
    }
    return Card(
        card_id=1,
        state=State(card["state"]),
        step=card["step"],
        stability=card["stability"],
        difficulty=card["difficulty"],
        due=aware["due_at"] or moment,
        last_review=aware["last_review_at"],
    )


def _naive(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)
