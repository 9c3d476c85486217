"""
The settings of a run: `tenderkit.toml`, found beside the documents or above them, and options, which win.

```toml
vocab = "our-vocabulary"     # a folder beside this file, or the name of one that travels with tenderkit
min-score = 50
require = ["inclusion"]
as = "bid"
timeout = 120                # seconds for one document
tracked = "original"         # the view of tracked changes that is read; "final" if not given

[weights]
inclusion = 2

[limits]                     # how much of a file is read; all are in tenderkit/readers/limits.py
pages = 8000
```

The tables `[check]` and `[profiles]` are in `check_settings`.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenderkit.compiled import load_scheme
from tenderkit.document import View
from tenderkit.errors import MistakesError, UsageError
from tenderkit.readers.limits import KEYS as LIMIT_KEYS
from tenderkit.readers.limits import LIMITS, OCR_SECONDS, SECONDS, Limits
from tenderkit.resources import DEFAULT, nearest, scheme_file
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tenderkit.vocabulary import Scheme

NAME = "tenderkit.toml"
KEYS = ("vocab", "min-score", "require", "as", "timeout", "tracked", "weights", "limits", "check", "profiles")
_HIGHEST = 100.0


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How documents are read.

    Attributes:
        limits: How much of a file is read.
        seconds: For reading and assessing one document.
        tracked: Which view of tracked changes is read.
        ocr: Whether text on pages that are pictures is to be recognised.
    """

    limits: Limits = LIMITS
    seconds: float = SECONDS
    tracked: View = View.FINAL
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What a run was told, with nothing left to look up.

    Attributes:
        scheme: The vocabulary.
        weights: By outcome id; outcomes that are not named weigh 1.
        min_score: 0 to 100, or None.
        require: Outcome ids that must be covered.
        role: For every document, or None to detect it.
        file: The tenderkit.toml that was used, or None.
        reading: How much of a file is read, and for how long.
    """

    scheme: Scheme
    weights: Mapping[str, float]
    min_score: float | None
    require: tuple[str, ...]
    role: Role | None
    file: Path | None
    reading: Reading


def find_file(paths: Iterable[str], working_folder: Path | None = None) -> Path | None:
    """
    Return the tenderkit.toml that serves *paths*: the first one upwards from each, else from the working folder.

    Raises:
        UsageError: When documents lie under different ones.
    """
    found = {_upwards(Path(path)) for path in paths if path != "-"} - {None}
    if len(found) > 1:
        names = ", ".join(sorted(str(file) for file in found))
        raise UsageError(f"These documents lie under different {NAME} files ({names}). Score one folder at a time.")
    return found.pop() if found else _upwards(working_folder or Path.cwd())


def _upwards(start: Path) -> Path | None:
    start = start.absolute()
    for folder in (start, *start.parents):
        file = folder / NAME
        if file.is_file():
            return file
    return None


def resolve(
    paths: Iterable[str],
    *,
    vocab: str | None = None,
    weights: Iterable[str] = (),
    min_score: float | None = None,
    require: Iterable[str] = (),
    role: str | None = None,
    timeout: float | None = None,
    tracked: View | None = None,
    ocr: bool = False,
    working_folder: Path | None = None,
) -> Settings:
    """
    Return the settings for scoring *paths*; every argument that is given wins over the file.

    Args:
        paths: The documents, for finding the file.
        vocab: A vocabulary's name or folder.
        weights: Each "id=number"; they are laid over the file's, id by id.
        min_score: 0 to 100.
        require: Outcome ids; they stand instead of the file's.
        role: For every document.
        timeout: Seconds for one document.
        tracked: Which view of tracked changes to read.
        ocr: Whether text on pages that are pictures is to be recognised; it is given more time.
        working_folder: Where to look when no file is found from the documents.

    Raises:
        MistakesError: With every mistake in the file.
        UsageError: When an option does not fit the vocabulary.
    """
    file = find_file(paths, working_folder)
    said = read_file(file) if file else SettingsFile("")
    scheme = load_scheme(name_vocabulary(said, file, vocab))
    said.check_outcomes([outcome.id for outcome in scheme.outcomes])
    said.refuse()
    merged = {**said.values.get("weights", {}), **parse_weights(weights, scheme)}
    if all(merged.get(outcome.id, 1) == 0 for outcome in scheme.outcomes):
        raise UsageError("Every weight is 0, so there is nothing to score. Give one outcome a weight above 0.")
    required = tuple(dict.fromkeys(require)) or said.values.get("require", ())
    for outcome in required:
        scheme.outcome(outcome)
    return Settings(
        scheme=scheme,
        weights=merged,
        min_score=said.values.get("min-score") if min_score is None else min_score,
        require=required,
        role=parse_role(role or said.values.get("as")),
        file=file,
        reading=_reading(said, timeout, tracked, ocr=ocr),
    )


def resolve_reading(
    *paths: str,
    timeout: float | None = None,
    tracked: View | None = None,
    ocr: bool = False,
    working_folder: Path | None = None,
) -> Reading:
    """
    Return how to read the documents *paths*, without loading a vocabulary.

    Raises:
        MistakesError: With every mistake in the file that can be seen without one.
    """
    file = find_file(paths, working_folder)
    said = read_file(file) if file else SettingsFile("")
    said.refuse()
    return _reading(said, timeout, tracked, ocr=ocr)


def _reading(said: SettingsFile, timeout: float | None, tracked: View | None, *, ocr: bool) -> Reading:
    seconds = said.values.get("timeout", OCR_SECONDS if ocr else SECONDS) if timeout is None else timeout
    view = tracked or View(said.values.get("tracked", View.FINAL))
    return Reading(replace(LIMITS, **said.values.get("limits", {})), float(seconds), view, ocr)


def parse_weights(options: Iterable[str], scheme: Scheme) -> dict[str, float]:
    """
    Read weights as they are typed.

    Raises:
        UsageError: When one is no "id=number", or its id no outcome.

    >>> parse_weights(["inclusion=2"], load_scheme())
    {'inclusion': 2.0}
    """
    weights = {}
    for option in options:
        name, equals, number = option.partition("=")
        try:
            weight = float(number)
        except ValueError:
            weight = math.nan
        if not equals or not math.isfinite(weight) or weight < 0:
            raise UsageError(f"'{option}' is no weight. Write an outcome and a number of 0 or more: inclusion=2.")
        weights[scheme.outcome(name.strip()).id] = weight
    return weights


def parse_role(name: str | None) -> Role | None:
    """
    Return the role of this name; None for None.

    Raises:
        UsageError: When there is no such role.
    """
    known = [role.value for role in Role]
    if name is not None and name not in known:
        raise UsageError(f"No role '{name}'.{nearest(name, known)} Known: {', '.join(known)}.")
    return Role(name) if name else None


def name_vocabulary(said: SettingsFile, file: Path | None, vocab: str | None) -> str:
    """Return the vocabulary that the option or the file names; a name in the file is a folder beside it first."""
    named = said.values.get("vocab")
    if vocab is not None or named is None or file is None:
        return vocab or DEFAULT
    beside = file.parent / named
    name = str(beside) if (beside / "scheme.yml").is_file() else str(named)
    try:
        scheme_file(name)
    except UsageError as error:
        said.wrong("vocab", str(error))
        said.refuse()
    return name


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
    "timeout": "'timeout' is no number of seconds above 0. Write one, such as 60.",
    "tracked": '\'tracked\' is no view of tracked changes. Write "final" or "original".',
    "as": f"'as' is no role. Write one of: {', '.join(role.value for role in Role)}, in quotes.",
}


def _fits(key: str, value: object) -> bool:
    if key == "min-score":
        return _is_number(value) and 0 <= float(str(value)) <= _HIGHEST
    if key == "timeout":
        return _is_number(value) and 0 < float(str(value)) < math.inf
    if key == "require":
        return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if key == "tracked":
        return value in {view.value for view in View}
    if key == "as":
        return value in {role.value for role in Role}
    return isinstance(value, str) and bool(value.strip())


def _weights(value: object, said: SettingsFile) -> dict[str, float]:
    if not isinstance(value, dict):
        said.wrong("weights", "'weights' is no table. Write [weights], and beneath it a line such as inclusion = 2.")
        return {}
    weights = {}
    for outcome, weight in value.items():
        if _is_number(weight) and weight >= 0 and math.isfinite(weight):
            weights[outcome] = float(weight)
        else:
            said.wrong(f"weights.{outcome}", f"The weight of '{outcome}' is no number of 0 or more. Write one.")
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
