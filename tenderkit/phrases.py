"""
The notation in which vocabularies write phrases.

Words stand side by side. `a|b` is either word, `word?` may be missing, `<3>` is nought to three words between,
`$name` is any entry of the list of that name. A hyphen matches a hyphen, a space or nothing: "e-mail" is also
"e mail" and "email".
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GAP = re.compile(r"^<(\d+)>$")
_NOTATION = re.compile(r"[|?<>*$-]")  # a phrase without these is its words and nothing else
_LARGEST_GAP = 10
_MOST_VARIANTS = 2000


class PhraseError(ValueError):
    """A phrase that the notation does not allow; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Nought to `most` words between."""

    most: int


Variant = tuple["str | Gap", ...]


def variants(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Variant, ...]:
    """
    Return every way to write *phrase*: words and gaps, no alternatives left.

    Args:
        phrase: In the notation of this module.
        lists: The lists that `$name` may name.

    Raises:
        PhraseError: When the phrase breaks the notation, names an unknown list or has too many variants.

    >>> variants("share|sharing <3> data", {})
    (('share', Gap(most=3), 'data'), ('sharing', Gap(most=3), 'data'))
    >>> variants("wi-fi", {})
    (('wi', 'fi'), ('wifi',))
    """
    return _parse(phrase, lists) if "$" in phrase else _parse_plain(phrase)


@cache
def _parse_plain(phrase: str) -> tuple[Variant, ...]:
    words = tuple(phrase.split())
    if words and not _NOTATION.search(phrase):
        return (words,)
    return _parse(phrase, {})


def slots(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Variant, ...], ...]:
    """
    Return, word by word, the choices that *phrase* leaves; an optional word has an empty choice, a gap stands alone.

    Unlike `variants` it does not multiply them, so a phrase may name long lists.

    Args:
        phrase: In the notation of this module.
        lists: The lists that `$name` may name.

    Raises:
        PhraseError: When the phrase breaks the notation, names an unknown list, or begins or ends with a gap.

    >>> slots("we will|shall <2> share", {})
    ((('we',),), (('will',), ('shall',)), ((Gap(most=2),),), (('share',),))
    """
    found = tuple(tuple(dict.fromkeys(_slot(word, phrase, lists))) for word in phrase.split())
    certain = [slot for slot in found if () not in slot]
    if not certain or isinstance(certain[0][0][0], Gap) or isinstance(certain[-1][0][0], Gap):
        raise PhraseError(f"'{phrase}' begins or ends with a gap, or may be empty. Begin and end with a word.")
    return found


def _parse(phrase: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[Variant, ...]:
    slots = [_slot(word, phrase, lists) for word in phrase.split()]
    if not slots:
        raise PhraseError("An empty phrase. Write a word, or remove it.")
    count = 1
    for slot in slots:
        count *= len(slot)
    if count > _MOST_VARIANTS:
        raise PhraseError(
            f"'{phrase}' stands for {count:,} phrases, more than {_MOST_VARIANTS:,}. Write fewer alternatives."
        )
    found = tuple(dict.fromkeys(tuple(itertools.chain.from_iterable(choice)) for choice in itertools.product(*slots)))
    for variant in found:
        if not variant or isinstance(variant[0], Gap) or isinstance(variant[-1], Gap):
            raise PhraseError(f"'{phrase}' begins or ends with a gap, or may be empty. Begin and end with a word.")
    return found


def _slot(word: str, phrase: str, lists: Mapping[str, tuple[str, ...]]) -> list[Variant]:
    gap = _GAP.match(word)
    if gap:
        most = int(gap.group(1))
        if not 1 <= most <= _LARGEST_GAP:
            raise PhraseError(f"The gap {word} in '{phrase}' is not between 1 and {_LARGEST_GAP} words. Change it.")
        return [(Gap(most),)]
    choices: list[Variant] = []
    optional = word.endswith("?") and len(word) > 1
    for choice in word.removesuffix("?").split("|") if optional else word.split("|"):
        choices.extend(_choice(choice, phrase, lists))
    if optional:
        choices.append(())
    return choices


def _choice(choice: str, phrase: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[Variant]:
    if choice.startswith("$"):
        if choice[1:] not in lists:
            raise PhraseError(f"'{phrase}' names the list '{choice}', which scheme.yml does not have. Add it there.")
        for entry in lists[choice[1:]]:
            yield from variants(entry, {})
    elif not choice or re.search(r"[<>*$]", choice):
        raise PhraseError(f"'{choice}' in '{phrase}' is not a word. The notation knows a|b, word?, <3> and $list.")
    elif "-" in choice.strip("-"):
        parts = tuple(part for part in choice.split("-") if part)
        yield parts
        yield ("".join(parts),)
    else:
        yield (choice,)
