"""What stays the same of a finding when its document changes elsewhere, as a short fingerprint."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from tenderkit.readers.marks import heading_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_LENGTH = 16  # hexadecimal digits: enough that two findings of one document never share one by chance


def what_stays(code: str, quote: str, section: Sequence[str]) -> tuple[str, str, str]:
    """
    Return a rule's code, the words it found and the nearest heading, without what changes when text moves.

    A heading counts without its number, for a new section before it gives it another one. Page and offset do not count.

    >>> what_stays("TK301", "[Insert  date]", ("1 Terms", "4.2 Term"))
    ('TK301', '[insert date]', 'term')
    """
    heading = section[-1] if section else ""
    number = heading_number(heading)
    return code, _plain(quote), _plain(heading.removeprefix(number).lstrip(" .:)–—-") or heading)


def fingerprint(stays: Sequence[str], occurrence: int) -> str:
    """
    Return the fingerprint of the finding that is number *occurrence*, from 0, of those with the same *stays*.

    >>> stays = what_stays("TK301", "[insert date]", ("1 Terms",))
    >>> fingerprint(stays, 0) == fingerprint(what_stays("TK301", "[insert date]", ("2 Terms",)), 0)
    True
    >>> fingerprint(stays, 0) == fingerprint(stays, 1)
    False
    """
    whole = "\0".join([*stays, str(occurrence)])
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold().split())
