"""Reads labelled passages: one JSON object a line, every field but `text` optional."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenderkit.errors import MistakesError, UsageError
from tenderkit.evidence import Stance
from tenderkit.resources import Mistakes, nearest
from tenderkit.roles import Role
from tenderkit.sources import reportable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tenderkit.vocabulary import Scheme


_ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A passage and what a reader said of it.

    Attributes:
        id: As in the file, or the number of its line.
        text: One paragraph, bullet or table row.
        outcomes: Sorted ids; None where it carries no such label (an empty list is one).
        stance: None where it carries no such label.
        measured: None where it carries no such label.
        group: The source it was drawn from; empty where it is not named.
        accepts: Themes, as `outcome/theme`, of which a reader took it for evidence.
        rejects: Themes of which a reader did not.
        themes: Every theme of which it is evidence, possibly none; None where nobody asked after all of them.
        role: What kind of document it stands in; None where it is not told.
        before: What stands above it, in the notation of `tenderkit.document.passage`: headings, the words that
            introduce its list. It is read, not judged.
    """

    id: str
    text: str
    outcomes: tuple[str, ...] | None = None
    stance: Stance | None = None
    measured: bool | None = None
    group: str = ""
    accepts: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    role: Role | None = None
    before: str = ""
    themes: tuple[str, ...] | None = None


def read_passages(path: Path, scheme: Scheme) -> tuple[Passage, ...]:
    """
    Read labelled passages, whose outcomes are those of *scheme*; other fields are left alone, blank lines skipped.

    Raises:
        MistakesError: With every malformed line, as `file:line: what. What to do.`
        UsageError: When there is no such file, or no passage in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"'{path}' cannot be read ({error.strerror}). Give a file with one JSON object a line."
        ) from None
    mistakes = Mistakes()
    known = [outcome.id for outcome in scheme.outcomes]
    themes = [f"{outcome.id}/{theme.id}" for outcome in scheme.outcomes for theme in outcome.themes]
    passages = []
    lines_by_id: dict[str, int] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        row = _Row(str(path), number, mistakes)
        passage = row.read(line, known, themes)
        if passage is None:
            continue
        if passage.id in lines_by_id:
            row.wrong(f"The id '{passage.id}' stands in line {lines_by_id[passage.id]} already. Give each its own.")
        lines_by_id[passage.id] = number
        passages.append(passage)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    if not passages:
        raise UsageError(f"'{path}' holds no passage. Write one JSON object a line, each with a 'text'.")
    return tuple(passages)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line; reading it wrongly notes a mistake and gives no value."""

    label: str
    number: int
    mistakes: Mistakes

    def wrong(self, message: str) -> None:
        self.mistakes.add(self.label, self.number, message)

    def read(self, line: bytes, known: list[str], themes: list[str]) -> Passage | None:
        try:
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            self.wrong("Not UTF-8 text. Save the file as UTF-8.")
            return None
        except (ValueError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else "too deeply nested or too long a number"
            self.wrong(f"Not JSON ({what}). Write one object on one line.")
            return None
        if not isinstance(row, dict):
            self.wrong('Not a JSON object. Write {"text": …} on one line.')
            return None
        if any(reportable(value) != value for value in row.values() if isinstance(value, str)):
            self.wrong("Half a character, as \\ud83d without its other half. Write the whole, or leave it out.")
            return None
        before = len(self.mistakes.lines)
        role = self.value(row, "role", _is_role, "bid, tender, contract or strategy")
        name = self.value(row, "id", _is_name, "text or a whole number")
        passage = Passage(
            id=str(self.number if name is None else name),
            text=self.text(row),
            outcomes=self.names(row, "outcomes", known),
            stance=self.stance(row),
            measured=self.value(row, "measured", lambda value: isinstance(value, bool), "true or false"),
            group=self.value(row, "group", lambda value: isinstance(value, str), "text") or "",
            accepts=self.names(row, "accepts", themes) or (),
            rejects=self.names(row, "rejects", themes) or (),
            role=None if role is None else Role(role),
            before=self.value(row, "before", lambda value: isinstance(value, str), "text") or "",
            themes=self.names(row, "themes", themes),
        )
        return passage if len(self.mistakes.lines) == before else None

    def value(self, row: dict[str, Any], name: str, fits: Callable[[object], bool], what: str) -> Any:
        value = row.get(name)
        if value is None or fits(value):
            return value
        self.wrong(f"'{name}' is not {what}. Correct it, or leave it out.")
        return None

    def text(self, row: dict[str, object]) -> str:
        text = row.get("text")
        if isinstance(text, str) and text.strip():
            return text
        self.wrong("'text' is missing, empty or not text. Add the passage.")
        return ""

    def names(self, row: dict[str, object], key: str, known: list[str]) -> tuple[str, ...] | None:
        """Return the sorted ids under *key*; None where there is no such key."""
        value = row.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            what = "outcome ids" if key == "outcomes" else "themes, each as outcome/theme"
            self.wrong(f"'{key}' is not a list of {what}. Write for instance [\"an-id\"], or [] for none.")
            return None
        for entry in value:
            if entry not in known:
                kind = "outcome" if key == "outcomes" else "theme"
                has = (
                    f" This vocabulary has: {', '.join(known)}."
                    if key == "outcomes"
                    else " See 'tenderkit vocab list'."
                )
                self.wrong(f"No {kind} '{entry}'.{nearest(entry, known)}{has}")
        return tuple(sorted(set(value)))

    def stance(self, row: dict[str, object]) -> Stance | None:
        value = row.get("stance")
        if value is None:
            return None
        known = [str(stance) for stance in Stance]
        if value in known:
            return Stance(value)
        self.wrong(f"No stance '{value}'.{nearest(str(value), known)} Known: {', '.join(known)}.")
        return None


def _is_role(value: object) -> bool:
    return isinstance(value, str) and value in _ROLES


def _is_name(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
