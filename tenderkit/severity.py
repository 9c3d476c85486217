"""How grave a finding is."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    ERROR = "error"  # do not send it out like this
    WARNING = "warning"  # look at it; mostly it is to be changed
    NOTE = "note"  # worth knowing

    @property
    def rank(self) -> int:
        """The graver, the lower."""
        return list(Severity).index(self)
