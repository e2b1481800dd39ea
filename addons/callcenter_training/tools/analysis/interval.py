"""How sure a share is that was counted on few cases.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
Journal of the American Statistical Association 22 (1927): the score interval, which
stays within 0..1 and is honest for small numbers.
"""

from math import sqrt

_Z_95 = 1.959963984540054


def wilson(hits, count, z=_Z_95):
    """The interval of the true share behind ``hits`` of ``count``.

    :param z: quantile of the normal distribution; 95 % by default
    :return: ``(low, high)`` as shares 0..1; ``(0.0, 1.0)`` when nothing was counted
    """
    if not count:
        return 0.0, 1.0
    share, square = hits / count, z * z
    centre = share + square / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    whole = 1 + square / count
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)
