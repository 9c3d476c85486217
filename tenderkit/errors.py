"""Every error that tenderkit raises on purpose: bad input, wrong usage, files that cannot be read."""

from __future__ import annotations


class TenderkitError(Exception):
    """Something the user can put right; `str(error)` is one clear line that says what and how."""

    exit_code = 2


class UsageError(TenderkitError):
    """The command was asked for something that does not exist or does not fit together."""


class UnreadableError(TenderkitError):
    """A document could not be read at all; the message is the reason, without the file's name."""

    exit_code = 3


class MistakesError(TenderkitError):
    """
    A file that people write by hand holds mistakes; all of them are gathered before this is raised.

    Each mistake is one line: `file:line: what is wrong. What to do.`

    >>> str(MistakesError(("scheme.yml:3: no id. Add 'id: my-scheme'.",)))
    "scheme.yml:3: no id. Add 'id: my-scheme'."
    """

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(self.mistakes)
