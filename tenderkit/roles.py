"""What kind of document it is: a bid, a tender, a contract or a strategy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.errors import MistakesError
from tenderkit.phrases import Gap, variants
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import DEFAULT, cues_folder

if TYPE_CHECKING:
    from tenderkit.document import Document

_LOOKED_AT = 60_000  # characters from the beginning of the document
_HITS_THAT_COUNT = 20  # of one phrase; more says nothing new


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
        self._patterns = {
            role: tuple(re.compile(rf"\b(?:{'|'.join(_regex(phrase))})\b", re.IGNORECASE) for phrase in listed)
            for role, listed in phrases.items()
        }

    def find(self, document: Document) -> RoleGuess:
        """
        Return the likeliest role; a bid where nothing tells.

        Each phrase counts by the square root of how often it stands there, so that one habit of speech does not
        outvote many signs.
        """
        text = document.text[:_LOOKED_AT]
        votes: dict[Role, list[tuple[float, str]]] = {}
        for role, patterns in self._patterns.items():
            for pattern in patterns:
                hits = [hit.group() for hit, _ in zip(pattern.finditer(text), range(_HITS_THAT_COUNT), strict=False)]
                if hits:
                    votes.setdefault(role, []).append((len(hits) ** 0.5, hits[0].lower()))
        if not votes:
            return RoleGuess(Role.BID, ())
        best = max(votes, key=lambda role: (sum(vote for vote, _ in votes[role]), -list(Role).index(role)))
        strongest = sorted(votes[best], key=lambda vote: (-vote[0], vote[1]))[:3]
        return RoleGuess(best, tuple(dict.fromkeys(" ".join(words.split()) for _, words in strongest)))


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


def _regex(phrase: str) -> list[str]:
    found = []
    for variant in variants(phrase, {}):
        pattern = ""
        for word in variant:
            if isinstance(word, Gap):
                pattern += rf"(?:\s+\S+){{0,{word.most}}}"
            else:
                pattern += (r"\s+" if pattern else "") + re.escape(word)
        found.append(pattern)
    return found
