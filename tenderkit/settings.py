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

How the file is read is in `settings_file`; the tables `[check]` and `[profiles]` are in `check_settings`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tenderkit.compiled import load_scheme
from tenderkit.document import View
from tenderkit.errors import UsageError
from tenderkit.readers.limits import LIMITS, OCR_SECONDS, SECONDS, Limits
from tenderkit.resources import DEFAULT, nearest, scheme_file
from tenderkit.roles import Role
from tenderkit.settings_file import NAME, SettingsFile, is_weight, read_file, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tenderkit.vocabulary import Scheme


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How documents are read.

    Attributes:
        limits: How much of a file is read.
        seconds: For reading and assessing one document.
        tracked: Which view of tracked changes is read.
        ocr: Whether text on pages that are pictures is to be recognised.
        file: The tenderkit.toml that was used, or None.
    """

    limits: Limits = LIMITS
    seconds: float = SECONDS
    tracked: View = View.FINAL
    ocr: bool = False
    file: Path | None = None


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
        reading: How much of a file is read, for how long, and which tenderkit.toml said so.
    """

    scheme: Scheme
    weights: Mapping[str, float]
    min_score: float | None
    require: tuple[str, ...]
    role: Role | None
    reading: Reading


def find_file(paths: Iterable[str], working_folder: Path | None = None) -> Path | None:
    """
    Return the tenderkit.toml that serves *paths*: of each the first one upwards from it, else from the working folder.

    What a document scores must not depend on what is scored beside it.

    Raises:
        UsageError: When documents lie under different ones, or some under none.
    """
    elsewhere = _upwards(working_folder or Path.cwd())
    found = {_upwards(Path(path)) or elsewhere for path in paths if path != "-"}
    if len(found) > 1:
        names = ", ".join(
            [*sorted(str(file) for file in found if file), *(["some under none"] if None in found else [])]
        )
        raise UsageError(f"These documents lie under different {NAME} files ({names}). Score one folder at a time.")
    return found.pop() if found else elsewhere


def _upwards(start: Path) -> Path | None:
    start = start.absolute()
    for folder in (start, *start.parents):
        file = folder / NAME
        try:
            if file.is_file():
                return file
        except (OSError, ValueError):  # a name too long for any file, or with a character that no name holds
            continue
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
        UsageError: When an option does not fit the vocabulary, or a number what the file may say.
    """
    file = find_file(paths, working_folder)
    said = read_file(file) if file else SettingsFile("")
    scheme = load_scheme(name_vocabulary(said, file, vocab))
    said.check_outcomes([outcome.id for outcome in scheme.outcomes])
    said.refuse()
    merged = {**said.values.get("weights", {}), **parse_weights(weights, scheme)}
    if all(merged.get(outcome.id, 1) == 0 for outcome in scheme.outcomes):
        raise UsageError("Every weight is 0, so there is nothing to score. Give one outcome a weight above 0.")
    required = [scheme.outcome(outcome).id for outcome in tuple(require) or said.values.get("require", ())]
    return Settings(
        scheme=scheme,
        weights=merged,
        min_score=said.values.get("min-score") if min_score is None else typed("min-score", min_score),
        require=tuple(dict.fromkeys(required)),
        role=parse_role(role or said.values.get("as")),
        reading=_reading(said, file, timeout, tracked, ocr=ocr),
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
        UsageError: When the time is none that the file may say.
    """
    file = find_file(paths, working_folder)
    said = read_file(file) if file else SettingsFile("")
    said.refuse()
    return _reading(said, file, timeout, tracked, ocr=ocr)


def _reading(
    said: SettingsFile, file: Path | None, timeout: float | None, tracked: View | None, *, ocr: bool
) -> Reading:
    seconds = typed("timeout", timeout) or said.values.get("timeout", OCR_SECONDS if ocr else SECONDS)
    view = tracked or View(said.values.get("tracked", View.FINAL))
    return Reading(replace(LIMITS, **said.values.get("limits", {})), float(seconds), view, ocr, file)


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
        if not equals or not is_weight(weight):
            raise UsageError(f"'{option}' is no weight. Write an outcome and a number up to 1,000,000: inclusion=2.")
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
