"""
What `tenderkit check` asks and lets pass: `[check]` and `[profiles]` of tenderkit.toml, and options, which win.

```toml
[check]
select = ["template", "TK4"]              # codes, beginnings of codes, names or packs
ignore = ["TK305"]
fail-on = "warning"                       # exit with 1 for what is at least so grave
rules = ["our-rules"]                     # folders of packs, from the folder of this file
baseline = "tenderkit-baseline.yml"       # findings that are accepted, with reasons
inline = true                             # whether comments in documents may accept findings
profile = "digital-service"               # which profiles are asked for; all of them if not given

[check.per-file-ignores]                  # by a file's name, or its way from the folder of this file
"archive/*" = ["currency"]

[check.severity]
TK305 = "error"

[profiles.digital-service]                # how well each outcome is to be spoken to
inclusion = "measured"                    # mentioned, stated or measured
```
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenderkit.errors import MistakesError, UsageError
from tenderkit.resources import nearest
from tenderkit.settings import find_file, parse_role
from tenderkit.settings_file import NAME, SettingsFile, read_file
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from tenderkit.errors import TenderkitError
    from tenderkit.roles import Role

KEYS = ("select", "ignore", "fail-on", "rules", "baseline", "inline", "profile", "per-file-ignores", "severity")
LEVELS = {"mentioned": 1, "stated": 2, "measured": 3}


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """
    What a check was told.

    Attributes:
        select: The rules to ask; all of them when empty.
        ignore: The rules not to ask.
        ignores_by_file: Globs, each with rules whose findings are left out in files that it fits.
        severity: By rule, instead of the rule's own.
        fail_on: The least severity that gives exit code 1.
        rules: Folders of packs.
        baseline: A file of accepted findings, or None.
        inline: Whether comments in documents may accept findings.
        profiles: By name, then by outcome id: 1 (mentioned), 2 (stated) or 3 (measured).
        folder: Of the file; globs are told from here.
        role: What every document is taken for, or None to detect it.
        lines: Where in the file what names rules is written, by key.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignores_by_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity = Severity.NOTE
    rules: tuple[str, ...] = ()
    baseline: Path | None = None
    inline: bool = True
    profiles: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    folder: Path | None = None
    role: Role | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    def wrong(self, key: str, error: UsageError) -> TenderkitError:
        """Return the error to raise for what names a rule that does not exist: with its line, if the file does so."""
        return MistakesError((f"{NAME}:{self.lines[key]}: {error}",)) if key in self.lines else error

    def ignored_in(self, path: str) -> Iterator[str]:
        """
        Yield what is ignored in a file, by its way from `folder` or, where there is none, by its name.

        >>> settings = CheckSettings(ignores_by_file=(("old/*", ("TK4",)), ("*.md", ("TK305",))))
        >>> [*settings.ignored_in("old/draft.md")], [*settings.ignored_in("new/draft.docx")]
        (['TK4', 'TK305'], [])
        """
        for glob, rules in self.ignores_by_file:
            if fnmatchcase(path, glob) or fnmatchcase(path.rpartition("/")[2], glob):
                yield from rules


def resolve_check(
    paths: Iterable[str],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_on: Severity | None = None,
    rules: str | None = None,
    baseline: Path | None = None,
    inline: bool = True,
    profile: Iterable[str] = (),
    role: str | None = None,
    outcomes: Callable[[], Iterable[str]] = tuple,
    working_folder: Path | None = None,
) -> CheckSettings:
    """
    Return what to check *paths* with; every argument that is given wins over the file.

    Args:
        paths: The documents, for finding the file.
        select: Rules to ask.
        ignore: Rules not to ask.
        fail_on: The least severity that gives exit code 1.
        rules: A folder of packs, asked beside those of the file.
        baseline: A file of accepted findings.
        inline: False to let no comment accept a finding.
        profile: Names of profiles to ask for.
        role: What to take every document for.
        outcomes: Returns the ids that a profile may name; called only where there is a profile.
        working_folder: Where to look when no file is found from the documents.

    Raises:
        MistakesError: With every mistake in the file.
        UsageError: When there is no such profile.
    """
    file = find_file(paths, working_folder)
    said = read_file(file) if file else SettingsFile("")
    table = _Table(said)
    folder = file.parent if file else None
    profiles = _profiles(said, outcomes)
    wanted = tuple(profile) or table.texts("profile")
    for name in wanted:
        if name not in profiles:
            message = f"There is no profile '{name}'.{nearest(name, list(profiles))} Write a table [profiles.{name}]."
            if profile:
                raise UsageError(message)
            said.wrong("check.profile", message)
    found = CheckSettings(
        select=tuple(select) or table.texts("select"),
        ignore=tuple(ignore) or table.texts("ignore"),
        ignores_by_file=tuple(table.lists("per-file-ignores")),
        severity=dict(table.severities()),
        fail_on=fail_on or table.severity("fail-on"),
        rules=(*(str(_beside(folder, name)) for name in table.texts("rules")), *([rules] if rules else [])),
        baseline=baseline or next((_beside(folder, name) for name in table.texts("baseline")), None),
        inline=inline and table.flag("inline"),
        profiles={name: profiles[name] for name in wanted if name in profiles} if wanted else profiles,
        folder=folder,
        role=parse_role(role or said.values.get("as")),
        lines=dict(
            table.lines_of_rules(given={key for key, value in (("select", select), ("ignore", ignore)) if value})
        ),
    )
    said.refuse()
    return found


def _beside(folder: Path | None, name: str) -> Path:
    return folder / name if folder else Path(name)


@dataclass(slots=True)
class _Table:
    """The table `[check]`; a value of the wrong kind is noted as a mistake and read as not given."""

    said: SettingsFile
    table: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = self.said.values.get("check", {})
        if not isinstance(table, dict):
            self.said.wrong(
                "check", "'check' is no table. Write [check], and beneath it a line such as fail-on = \"error\"."
            )
            return
        for key in table:
            if key not in KEYS:
                hint = nearest(key, list(KEYS))
                self.said.wrong(f"check.{key}", f"Unknown key '{key}' in [check].{hint} Known here: {', '.join(KEYS)}.")
        self.table = table

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of words; one word stands for a list of one."""
        value = self.table.get(key, [])
        value = [value] if isinstance(value, str) else value
        return _texts(value, f"check.{key}", self.said)

    def lists(self, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield globs with the rules they are for."""
        for glob, value in self._pairs(key, '"archive/*" = ["currency"]'):
            yield glob, _texts([value] if isinstance(value, str) else value, f"check.{key}.{glob}", self.said)

    def lines_of_rules(self, given: Container[str]) -> Iterator[tuple[str, int]]:
        """Yield the line of each key that names rules, save where an option is *given* instead."""
        for key in ("select", "ignore", "per-file-ignores", "severity"):
            value = self.table.get(key)
            for full in (f"{key}.{name}" for name in value) if isinstance(value, dict) else (key,):
                if value is not None and key not in given:
                    yield full, self.said.line(f"check.{full}")

    def severities(self) -> Iterator[tuple[str, Severity]]:
        """Yield rules with the severity that they are to have."""
        for rule, value in self._pairs("severity", 'TK305 = "error"'):
            yield rule, self._severity(value, f"check.severity.{rule}")

    def severity(self, key: str) -> Severity:
        """Return a severity; the least grave where none is given."""
        return self._severity(self.table[key], f"check.{key}") if key in self.table else Severity.NOTE

    def flag(self, key: str) -> bool:
        """Return true or false; true where it is not given."""
        value = self.table.get(key, True)
        if not isinstance(value, bool):
            self.said.wrong(f"check.{key}", f"'{key}' is neither true nor false. Write one of them, without quotes.")
        return value is not False

    def _pairs(self, key: str, example: str) -> Iterator[tuple[str, Any]]:
        value = self.table.get(key, {})
        if isinstance(value, dict):
            yield from value.items()
        else:
            self.said.wrong(f"check.{key}", f"'{key}' is no table. Write [check.{key}], and beneath it {example}.")

    def _severity(self, value: object, key: str) -> Severity:
        known = [severity.value for severity in Severity]
        if isinstance(value, str) and value in known:
            return Severity(value)
        self.said.wrong(key, f"No severity '{value}'.{nearest(str(value), known)} Known: {', '.join(known)}.")
        return Severity.NOTE


def _texts(value: object, key: str, said: SettingsFile) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(entry, str) and entry.strip() for entry in value):
        return tuple(value)
    said.wrong(key, f"'{key.removeprefix('check.')}' is no list of words. Write for instance [\"template\"].")
    return ()


def _profiles(said: SettingsFile, outcomes: Callable[[], Iterable[str]]) -> dict[str, dict[str, int]]:
    table = said.values.get("profiles", {})
    if not isinstance(table, dict) or not all(isinstance(profile, dict) for profile in table.values()):
        said.wrong(
            "profiles", "A profile is a table. Write [profiles.our-service], and beneath it lines of outcome = level."
        )
        return {}
    known = list(outcomes()) if table else []
    profiles: dict[str, dict[str, int]] = {}
    for name, wanted in table.items():
        profiles[name] = {}
        for outcome, level in wanted.items():
            key = f"profiles.{name}.{outcome}"
            number = LEVELS.get(level, 0) if isinstance(level, str) else level
            if outcome not in known:
                said.wrong(key, f"No outcome '{outcome}'.{nearest(outcome, known)} Known: {', '.join(known)}.")
            elif number not in LEVELS.values() or isinstance(level, bool):
                said.wrong(key, f"No level '{level}'.{nearest(str(level), list(LEVELS))} Known: {', '.join(LEVELS)}.")
            else:
                profiles[name][outcome] = int(number)
    return profiles
