"""When a rule rings, when it is silent, and when what it rang for is over."""


def is_beyond(value, comparison, threshold):
    """Whether ``value`` asks for an alert; None, nothing measured, never does.

    :param comparison: ``below`` or ``above``
    """
    if value is None:
        return False
    return value < threshold if comparison == "below" else value > threshold


def is_back(value, comparison, threshold, margin):
    """Whether an alert is over: on the right side again, by ``margin`` at least.

    Nothing measured any more is over too. Without a margin a figure that trembles at
    its threshold would ring each time.
    """
    if value is None:
        return True
    if comparison == "below":
        return value >= threshold + margin
    return value <= threshold - margin


def is_quiet(hour, start, end):
    """Whether ``hour`` (0 to 24, local) lies in the quiet hours ``[start, end)``.

    They may go over midnight; where both are equal there are none.
    """
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end
