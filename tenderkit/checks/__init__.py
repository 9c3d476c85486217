"""The kinds of check: a few in code, each a module that reads its keys from a rule and finds its places."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Hit, Text
    from tenderkit.resources import Node

KINDS = (
    "customer", "defined", "integrity", "length", "measured", "outcome-level", "outcome-placed", "paired", "pattern",
    "phrase", "reference", "remarks", "section", "tied", "tracked", "unanswered", "weights",
)  # fmt: skip


class Check(Protocol):
    """What a rule does to a document."""

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield the places to tell, in reading order."""


class Kind(Protocol):
    """A module of this package."""

    REQUIRED: tuple[str, ...]  # keys of a rule, beside those that every rule has
    OPTIONAL: tuple[str, ...]
    ASSESSES: bool  # whether it asks what was found of the outcomes, and not the words alone
    FACTS: tuple[str, ...]  # what a message may name in braces

    def read(self, part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]], /) -> Check:
        """Read a rule's own keys; mistakes are noted at their nodes."""


def find_kind(name: str) -> Kind:
    """
    Return the kind of this name, one of `KINDS`.

    >>> find_kind("phrase").REQUIRED
    ('phrases',)
    """
    return cast("Kind", import_module(f"tenderkit.checks.{name.replace('-', '_')}"))


def first_line(kind: Kind) -> str:
    """
    Return in one line what a kind finds.

    >>> first_line(find_kind("tracked"))
    'changes that were tracked and never settled.'
    """
    return (kind.__doc__ or "").strip().split("\n")[0].partition(": ")[2]
