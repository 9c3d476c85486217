"""Whether two colours can be told apart."""

from __future__ import annotations

_ALIKE = 20  # of 255, in each of red, green and blue


def alike(first: str, second: str) -> bool:
    """
    Tell whether two colours, each six hex digits, look the same; what is no such colour is like nothing.

    >>> alike("ffffff", "fefefe"), alike("ffffff", "ffff00"), alike("auto", "auto")
    (True, False, False)
    """
    if len(first) != 6 or len(second) != 6:
        return False
    try:
        pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(one - other) <= _ALIKE for one, other in pairs)
