"""The words that say something, in the form under which they are compared."""

from __future__ import annotations

import re
from functools import cache

from tenderkit.spelling import bases

WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
SMALL = frozenset("""
    a an the and or of to in on at by for from with without as is are be been being was were it its this that these
    those their there they them will would shall must should may might can could has have had do does did not no nor
    than then so such any all each every other into up out over under which who whom whose what how when where why we
    our us you your i if also only within more most least very per via supplier suppliers contractor contractors vendor
    bidder bidders describe explain please
""".split())  # fmt: skip  # noqa: SIM905 - a list of a hundred words would fill the screen
CALENDAR = frozenset("""
    January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug
    Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday
""".split())  # fmt: skip  # noqa: SIM905 - as above
_STEM = 6  # letters of a word's base that count: "migrate" and "migration", "available" and "availability"


@cache
def stem(word: str) -> str:
    """
    Return the form under which a word is compared.

    >>> stem("migrating") == stem("migration"), stem("tests") == stem("tested"), stem("tested") == stem("texts")
    (True, True, False)
    """
    for base in bases(word):
        word = base
        break
    return word if word.isdigit() else word[:_STEM].removesuffix("e")
