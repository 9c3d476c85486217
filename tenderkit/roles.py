"""What kind of document it is: a bid, a tender, a contract or a strategy."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.errors import MistakesError
from tenderkit.occurrences import SequenceTree
from tenderkit.phrases import variants
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import DEFAULT, cues_folder

if TYPE_CHECKING:
    from tenderkit.document import Document

_LOOKED_AT = 100_000  # characters from the beginning of the document
_HITS_THAT_COUNT = 4  # of one phrase; more says nothing new
_WORD = re.compile(r"\w+")


class Role(StrEnum):
    """The part a document plays in a procurement."""

    BID = "bid"
    TENDER = "tender"
    CONTRACT = "contract"
    STRATEGY = "strategy"


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A document's role, and the phrases that decided it, the strongest first."""

    role: Role
    because: tuple[str, ...]


class RoleFinder:
    """Tells a document's role from the phrases that a vocabulary lists (`cues/roles.yml`)."""

    def __init__(self, phrases: dict[Role, tuple[str, ...]]) -> None:
        self._tree: SequenceTree[str, tuple[Role, str]] = SequenceTree()
        for role, listed in phrases.items():
            for phrase in listed:
                for variant in variants(phrase, {}):
                    self._tree.add(variant, (role, phrase))

    def find(self, document: Document) -> RoleGuess:
        """
        Return the likeliest role; a bid where nothing tells.

        Each phrase counts by the square root of how often it stands there, so that one habit of speech does not
        outvote many signs.
        """
        words = _WORD.findall(document.text[:_LOOKED_AT].lower())
        counts: Counter[tuple[Role, str]] = Counter()
        seen: dict[tuple[Role, str], str] = {}
        for first, last, sign in self._tree.find(words):
            counts[sign] += 1
            seen.setdefault(sign, " ".join(words[first:last]))
        votes: dict[Role, list[tuple[float, str]]] = {}
        for (role, phrase), count in counts.items():
            votes.setdefault(role, []).append((min(count, _HITS_THAT_COUNT) ** 0.5, seen[role, phrase]))
        if not votes:
            return RoleGuess(Role.BID, ())
        best = max(votes, key=lambda role: (sum(vote for vote, _ in votes[role]), -list(Role).index(role)))
        strongest = sorted(votes[best], key=lambda vote: (-vote[0], vote[1]))[:3]
        return RoleGuess(best, tuple(dict.fromkeys(words for _, words in strongest)))


def load_roles(name: str = DEFAULT) -> RoleFinder:
    """
    Load the phrases of a vocabulary; one without cues takes those that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in the file.
    """
    file = cues_folder(name) / "roles.yml"
    mistakes = Mistakes()
    node = read_yaml(file, "cues/roles.yml", mistakes)
    part = node.mapping(tuple(role.value for role in Role)) if node else {}
    phrases = {Role(key): value.texts() for key, value in part.items()}
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return RoleFinder(phrases)
