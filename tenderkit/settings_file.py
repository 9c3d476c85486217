"""
Reads `tenderkit.toml`, and says of every mistake in it on which line it stands.

What the keys mean is in `settings`; the tables `[check]` and `[profiles]` are in `check_settings`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tenderkit.document import View
from tenderkit.errors import MistakesError, UsageError
from tenderkit.readers.limits import KEYS as LIMIT_KEYS
from tenderkit.resources import nearest
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "tenderkit.toml"
KEYS = ("vocab", "min-score", "require", "as", "timeout", "tracked", "weights", "limits", "check", "profiles")
_HIGHEST = 100.0
_HEAVIEST = 1_000_000.0  # weight of an outcome; the sum of weights stays a number
_LONGEST = 1_000_000.0  # seconds; no system waits much longer in one go


@dataclass(slots=True)
class SettingsFile:
    """A settings file while it is read: what was right in it, and every mistake with its line."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, key: str, message: str, *, line: int | None = None) -> None:
        """Note a mistake at the line of a key."""
        line = self.line(key) if line is None else line
        self.mistakes.append((line, f"{NAME}:{line}: {message}"))

    def line(self, key: str) -> int:
        """Return the line on which a key is written."""
        return _line_of(self.text, key)

    def refuse(self) -> None:
        """Raise a `MistakesError` with every mistake in the order of their lines, if there is one."""
        if self.mistakes:
            raise MistakesError(tuple(line for _, line in sorted(self.mistakes)))

    def check_outcomes(self, known: list[str]) -> None:
        """Note the outcomes that it names and the vocabulary does not have."""
        named = [*((outcome, f"weights.{outcome}") for outcome in self.values.get("weights", {}))]
        named += [(outcome, "require") for outcome in self.values.get("require", ())]
        for outcome, key in named:
            if outcome not in known:
                hint = nearest(outcome, known)
                self.wrong(key, f"No outcome '{outcome}'.{hint} This vocabulary has: {', '.join(known)}.")


def read_file(file: Path) -> SettingsFile:
    """Read a settings file; `[check]` and `[profiles]` are kept as they are. What is no TOML is a `MistakesError`."""
    said = SettingsFile("")
    try:
        said.text = file.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(said.text)
    except OSError as error:
        said.wrong("", f"Cannot be read ({error.strerror}). Make it readable, or remove it.", line=1)
    except UnicodeDecodeError:
        said.wrong("", "Not UTF-8 text. Save the file as UTF-8.", line=1)
    except RecursionError:
        said.wrong("", "Nested too deep. Write lists and tables within each other a few levels deep.", line=1)
    except tomllib.TOMLDecodeError as error:
        what = re.sub(r" \(at [^)]*\)$", "", str(error))
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else len(said.text.splitlines())
        said.wrong("", f"Not valid TOML ({what}). Correct this line.", line=max(1, line))
    else:
        _check(table, said)
        return said
    raise MistakesError(tuple(line for _, line in said.mistakes))


def _check(table: Mapping[str, Any], said: SettingsFile) -> None:
    for key, value in table.items():
        if key not in KEYS:
            said.wrong(key, f"Unknown key '{key}'.{nearest(key, list(KEYS))} Known here: {', '.join(KEYS)}.")
        elif key in ("check", "profiles"):
            said.values[key] = value  # for check_settings
        elif key == "weights":
            said.values[key] = _weights(value, said)
        elif key == "limits":
            said.values[key] = _limits(value, said)
        elif _fits(key, value):
            said.values[key] = tuple(value) if key == "require" else value
        else:
            said.wrong(key, _EXPECTED[key])


_EXPECTED = {
    "vocab": "'vocab' is no text. Write the name or the folder of a vocabulary, in quotes.",
    "min-score": "'min-score' is no number from 0 to 100. Write one, such as 50.",
    "require": "'require' is no list of outcome ids. Write for instance [\"inclusion\"].",
    "timeout": f"'timeout' is no number of seconds above 0 and up to {_LONGEST:,.0f}. Write one, such as 60.",
    "tracked": '\'tracked\' is no view of tracked changes. Write "final" or "original".',
    "as": f"'as' is no role. Write one of: {', '.join(role.value for role in Role)}, in quotes.",
}


def typed(key: str, number: float | None) -> float | None:
    """
    Return the number that was typed for an option, held to what the file may say; None for None.

    Raises:
        UsageError: When it does not fit.
    """
    if number is not None and not _fits(key, number):
        raise UsageError(_EXPECTED[key].replace(f"'{key}'", f"--{key} {number:.15g}"))
    return number


def _fits(key: str, value: object) -> bool:
    if key == "min-score":
        return _is_number(value) and 0 <= float(str(value)) <= _HIGHEST
    if key == "timeout":
        return _is_number(value) and 0 < float(str(value)) <= _LONGEST
    if key == "require":
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if key == "tracked":
        return isinstance(value, str) and value in {view.value for view in View}
    if key == "as":
        return isinstance(value, str) and value in {role.value for role in Role}
    return isinstance(value, str) and bool(value.strip())


def is_weight(number: float) -> bool:
    """Tell whether an outcome may have that weight."""
    return 0 <= number <= _HEAVIEST


def _weights(value: object, said: SettingsFile) -> dict[str, float]:
    if not isinstance(value, dict):
        said.wrong("weights", "'weights' is no table. Write [weights], and beneath it a line such as inclusion = 2.")
        return {}
    weights = {}
    for outcome, weight in value.items():
        if _is_number(weight) and is_weight(weight):
            weights[outcome] = float(weight)
        else:
            said.wrong(f"weights.{outcome}", f"The weight of '{outcome}' is no number from 0 to 1,000,000. Write one.")
    return weights


def _limits(value: object, said: SettingsFile) -> dict[str, int]:
    if not isinstance(value, dict):
        said.wrong("limits", "'limits' is no table. Write [limits], and beneath it a line such as pages = 8000.")
        return {}
    limits = {}
    for key, most in value.items():
        if key not in LIMIT_KEYS:
            hint = nearest(key, list(LIMIT_KEYS))
            said.wrong(f"limits.{key}", f"No limit '{key}'.{hint} Known: {', '.join(LIMIT_KEYS)}.")
        elif not isinstance(most, int) or isinstance(most, bool) or most <= 0:
            said.wrong(f"limits.{key}", f"'{key}' is no whole number above 0. Write one.")
        else:
            limits[LIMIT_KEYS[key]] = most
    return limits


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _line_of(text: str, key: str) -> int:
    r"""
    Return the line, counted from 1, on which *key* ("weights.inclusion") is written; its table's where it has none.

    >>> _line_of('as = "bid"\n[weights]\ninclusion = 2', "weights.inclusion")
    3
    >>> _line_of('weights = {inclusion = 2}', "weights.inclusion")
    1
    """
    table = ""
    fallback = 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line)
        written = re.match(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""", line)
        if header:
            table = _plain_key(header[1])
            full = table
        elif written:
            full = ".".join(part for part in (table, _plain_key(written[1])) if part)
        else:
            continue
        if full == key:
            return number
        if key.startswith(f"{full}.") or full.startswith(f"{key}."):
            fallback = number
    return fallback


def _plain_key(text: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in text.split("."))
