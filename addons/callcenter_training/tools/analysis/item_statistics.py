"""Classical and generalisability statistics of questions and quizzes. No database.

Formulas: facility and discrimination as in Moodle's quiz report (corrected item-rest
correlation), discriminative efficiency likewise; for forms drawn at random the
dependability Phi(lambda) of generalisability theory with questions nested in persons
(Brennan, "Generalizability Theory", 2001, chapters 2 and 5).
"""

from math import sqrt

MIN_COUNT = 30


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def covariance(xs, ys):
    """Sample covariance (n - 1); None below two pairs."""
    count = len(xs)
    if count < 2:
        return None
    mean_x, mean_y = sum(xs) / count, sum(ys) / count
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / (
        count - 1
    )


def facility(marks):
    """Mean share earned, 0.0 to 1.0; for right or wrong it is the share right."""
    return mean(marks)


def discrimination(marks, rests):
    """Correlation of a question with the rest of the quiz, -1.0 to 1.0.

    ``rests`` leave the question itself out: with random forms of 40 questions
    leaving it in inflates the figure by about a fifth.
    """
    joint = covariance(marks, rests)
    spread = joint is not None and sqrt(
        covariance(marks, marks) * covariance(rests, rests)
    )
    return joint / spread if spread else None


def efficiency(marks, rests):
    """Covariance reached / the largest these marks could have, -1.0 to 1.0."""
    largest = covariance(sorted(marks), sorted(rests))
    joint = covariance(marks, rests)
    return joint / largest if largest else None


def dependability(persons, cut=None):
    """Phi, or Phi(lambda) at a pass mark, of quizzes drawn at random.

    :param persons: ``(share right, number of questions)`` for each attempt
    :param cut: pass mark as a share, None for Phi itself
    :return: ``(coefficient, error)``; error in shares. ``(None, None)`` below two
        attempts or two questions
    """
    rows = [(share, count) for share, count in persons if count > 1]
    if len(rows) < 2:
        return None, None
    size = len(rows) / sum(1 / count for _share, count in rows)  # harmonic mean
    within = mean(count / (count - 1) * share * (1 - share) for share, count in rows)
    shares = [share for share, _count in rows]
    noise = within / size
    between = max(0.0, covariance(shares, shares) - noise)
    distance = 0.0
    if cut is not None:
        centre = mean(shares)
        distance = (centre - cut) ** 2 - covariance(shares, shares) / len(rows)
    signal = max(0.0, between + distance)
    total = signal + noise
    return (signal / total if total else None), sqrt(noise)
