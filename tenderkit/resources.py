"""Finds the vocabularies that travel with tenderkit, and reads YAML strictly, with line numbers."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tenderkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable

DEFAULT = "lga-2022"
MODEL = "model"  # the folder of the language model, beside `cues`
MODEL_HEAD = "model.yml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where the platform has it: 8 times as fast


def data_folder(name: str) -> Traversable:
    """
    Return the folder *name* ("vocab") from the installed package, or from the checkout it runs in.

    Raises:
        UsageError: When the installation holds no such folder.
    """
    installed = files("tenderkit").joinpath("_data", name)
    if installed.is_dir():
        return installed
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise UsageError(f"This installation has no '{name}' folder. Install tenderkit again.")


def vocabulary_folder(name: str) -> Traversable:
    """
    Return the folder of the vocabulary *name*: a path, or the name of one that travels with tenderkit.

    Raises:
        UsageError: When there is neither.
    """
    own = data_folder("vocab")
    known = sorted(entry.name for entry in own.iterdir() if entry.is_dir())
    if name in known:
        return own / name
    if Path(name).is_dir():
        return Path(name)
    raise UsageError(
        f"No vocabulary '{name}'.{nearest(name, known)} Give a folder with a scheme.yml, or one of: {', '.join(known)}."
    )


def scheme_file(name: str) -> Traversable:
    """
    Return the file that makes a folder a vocabulary.

    Raises:
        UsageError: When there is no such vocabulary.
    """
    file = vocabulary_folder(name) / "scheme.yml"
    if not file.is_file():
        raise UsageError(f"'{name}' has no scheme.yml. Add one with id, prefLabel, version and source.")
    return file


def cues_folder(name: str) -> Traversable:
    """Return the `cues` folder of a vocabulary; one without it takes the cues that travel with tenderkit."""
    own = vocabulary_folder(name) / "cues"
    return own if own.is_dir() else vocabulary_folder(DEFAULT) / "cues"


def model_folder(name: str) -> Traversable:
    """Return the folder of a vocabulary's language model; one without its own takes the one that travels with us."""
    own = vocabulary_folder(name) / MODEL
    return own if own.is_dir() else vocabulary_folder(DEFAULT) / MODEL


def nearest(word: str, known: list[str]) -> str:
    """
    Return " Did you mean 'x'?" for the known word nearest to *word*, or an empty string.

    >>> nearest("thems", ["themes", "terms"])
    " Did you mean 'themes'?"
    >>> nearest("zzz", ["themes"])
    ''
    """
    close = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


@dataclass(slots=True)
class Mistakes:
    """Gathers `file:line: what. What to do.` lines while a file is read."""

    lines: list[str] = field(default_factory=list)

    def add(self, label: str, line: int, message: str) -> None:
        """Note one mistake at a line counted from 1; the same one twice is one."""
        mistake = f"{label}:{line}: {message}"
        if mistake not in self.lines:
            self.lines.append(mistake)


@dataclass(slots=True)  # not frozen: tens of thousands are made at every start, and freezing triples the cost
class Node:
    """
    A YAML value that knows its file and line; reading it wrongly notes a mistake and gives an empty value.

    Attributes:
        raw: The node as PyYAML composed it.
        label: The file's name for messages.
        mistakes: Where mistakes go.
    """

    raw: yaml.Node
    label: str
    mistakes: Mistakes

    @property
    def line(self) -> int:
        """Line in the file, counted from 1."""
        return int(self.raw.start_mark.line) + 1

    @property
    def is_text(self) -> bool:
        """True for a scalar."""
        return isinstance(self.raw, yaml.ScalarNode)

    @property
    def is_mapping(self) -> bool:
        """True for a mapping."""
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """True for a list."""
        return isinstance(self.raw, yaml.SequenceNode)

    def wrong(self, message: str) -> None:
        """Note a mistake at this value's line."""
        self.mistakes.add(self.label, self.line, message)

    def text(self) -> str:
        """Return a scalar as text; an empty or nested value is a mistake."""
        if isinstance(self.raw, yaml.ScalarNode):
            value = str(self.raw.value).strip()
            if self.raw.tag not in {"tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}:
                self.wrong(f"'{value}' is read as something other than text. Put it in quotes.")
            elif not value:
                self.wrong("An empty value. Write something, or leave the line out.")
            return value
        self.wrong("Text is expected here, not a list or a mapping. Write words.")
        return ""

    def number(self) -> float:
        """Return a scalar as a finite number."""
        try:
            value = float(self.text())
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.wrong("A number is expected here. Write for instance 0.5.")
            return 0.0
        return value

    def items(self) -> list[Node]:
        """Return the entries of a list; a single scalar counts as a list of one."""
        if isinstance(self.raw, yaml.SequenceNode):
            return [Node(raw, self.label, self.mistakes) for raw in self.raw.value]
        if isinstance(self.raw, yaml.ScalarNode):
            return [self]
        self.wrong("A list is expected here. Write [one, two].")
        return []

    def texts(self) -> tuple[str, ...]:
        """Return the entries of a list as text."""
        return tuple(item.text() for item in self.items())

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """Yield key and value of a mapping, in order; a repeated key is a mistake and is left out."""
        if not isinstance(self.raw, yaml.MappingNode):
            self.wrong("A mapping is expected here. Write lines of 'name: value'.")
            return
        seen: set[str] = set()
        for raw_key, raw_value in self.raw.value:
            key = Node(raw_key, self.label, self.mistakes)
            name = key.text()
            if name in seen:
                key.wrong(f"'{name}' stands here twice. Keep one.")
                continue
            seen.add(name)
            yield name, Node(raw_value, self.label, self.mistakes)

    def mapping(self, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> dict[str, Node]:
        """Return a mapping whose keys are all known; unknown and missing keys are mistakes."""
        known = [*required, *optional]
        found: dict[str, Node] = {}
        for name, value in self.pairs():
            if name in known:
                found[name] = value
            else:
                value.wrong(f"Unknown key '{name}'.{nearest(name, known)} Known here: {', '.join(known)}.")
        if self.is_mapping:
            for name in required:
                if name not in found:
                    self.wrong(f"'{name}' is missing. Add it.")
        return found

    def plain(self) -> object:
        """Return the value as plain Python (for spaCy token patterns)."""
        try:
            return yaml.SafeLoader("").construct_object(self.raw, deep=True)
        except yaml.YAMLError as error:
            problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else ""
            self.wrong(f"Not a plain value ({problem or 'not YAML'}). Write words, numbers, lists and mappings.")
            return None


def read_yaml(file: Traversable, label: str, mistakes: Mistakes) -> Node | None:
    """
    Compose one YAML file.

    Args:
        file: The file to read.
        label: Its name in messages.
        mistakes: Where a file that is no YAML, or empty, is noted.

    Returns:
        The top value, or None when the file could not be parsed.
    """
    return parse_yaml(file.read_bytes, label, mistakes)


def parse_yaml(source: Callable[[], bytes], label: str, mistakes: Mistakes) -> Node | None:
    """Compose YAML from the bytes that *source* returns; see `read_yaml`."""
    try:
        raw = yaml.compose(source().decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError:
        mistakes.add(label, 1, "Not UTF-8 text. Save the file as UTF-8.")
        return None
    except OSError as error:
        mistakes.add(label, 1, f"Cannot be read ({error.strerror}). Check the file.")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not YAML"
        mistakes.add(label, mark.line + 1 if mark else 1, f"Not valid YAML ({problem}). Check quotes and indentation.")
        return None
    except yaml.YAMLError:
        mistakes.add(label, 1, "Not valid YAML (a character that YAML does not allow). Remove it.")
        return None
    if raw is None:
        mistakes.add(label, 1, "The file is empty. Write the vocabulary entry, or remove the file.")
        return None
    return Node(raw, label, mistakes)
