"""Kind `outcome-level`: outcomes that a document must reach, by a named profile or a level for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ()
OPTIONAL = ("profile", "level", "outcomes")
ASSESSES = True
FACTS = ("outcome", "level", "reached", "profile", "asks")

_WORDS = ("absent", "mentioned", "stated", "measured")
_HIGHEST = len(_WORDS) - 1


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds outcomes whose best theme lies below a level.

    Attributes:
        profile: The name of a profile of tenderkit.toml; empty where any profile that the user set is meant.
        level: 1 to 3, for every outcome; 0 where the profile says it.
        outcomes: The ids it is asked of; empty for all.
    """

    profile: str
    level: int
    outcomes: frozenset[str]

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit, of the whole document, for each outcome that is not reached."""
        card = text.assessed.report.scorecard
        for name, wanted in self._profiles(text.assessed.profiles):
            for outcome in card.outcomes if card else ():
                if self.outcomes and outcome.id not in self.outcomes:
                    continue
                level = self.level or wanted.get(outcome.id, 0)
                best = max(outcome.themes, key=lambda theme: theme.level)
                if best.level < level:
                    open_theme = next(theme for theme in outcome.themes if theme.level < level)
                    facts = ("outcome", outcome.label), ("level", _WORDS[level]), ("reached", _WORDS[best.level])
                    yield Hit(facts=(*facts, ("profile", name), ("asks", open_theme.asks)))

    def _profiles(self, profiles: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, Mapping[str, int]]]:
        if self.level:
            yield "", {}
        elif self.profile:
            yield self.profile, profiles.get(self.profile, {})
        else:
            yield from sorted(profiles.items())


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    level = int(part["level"].number()) if "level" in part else 0
    if "level" in part and not 1 <= level <= _HIGHEST:
        part["level"].wrong("No such level. Write 1 (mentioned), 2 (stated) or 3 (measured).")
    outcomes = frozenset(part["outcomes"].texts()) if "outcomes" in part else frozenset()
    return Check(part["profile"].text() if "profile" in part else "", level, outcomes)
