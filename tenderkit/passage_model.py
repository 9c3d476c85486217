"""
A small language model that reads a passage as a whole: in numbers, what it speaks of and what it does.

MiniLM (Wang and others, "MiniLM: Deep Self-Attention Distillation", 2020), six layers of 384 numbers, trained further
on labelled passages by `tenderkit vocab fit --model`, and kept in whole numbers of eight bits beside the vocabulary.
Where terms find, what it says is one more named number of the sum; where none stands, what it is sure of is told as
heard (`hearing`). Rules may refuse either. It reads one passage at a time, so that no passage's numbers depend on its
neighbours, on a processor like any other.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgpack

from tenderkit.cache import user_cache
from tenderkit.errors import MistakesError
from tenderkit.kept_readings import KeptReadings
from tenderkit.probe import FILE as PROBE
from tenderkit.probe import Probe
from tenderkit.readings import MOST_OF_A_TEXT, HeardLine, Line, Names, StanceLine, hundredths
from tenderkit.resources import DEFAULT, MODEL, MODEL_HEAD, Mistakes, model_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from tenderkit.readings import Reading, Shown
    from tenderkit.resources import Node

NETWORK = "passage.onnx"
WORD_PIECES = "tokenizer.json"
HELD_OUT = "held-out.msgpack"
OUTPUTS = ("themes", "outcomes", "stances")  # of the network
_HEARD = ("of-theme-heard", "of-outcome-heard")
WHOLE = "whole"  # the numbers that these are made of
LONGEST = 112  # word pieces of context and passage together, as it was trained
_MOST_AT_ONCE = 4
_KEPT = 4096  # readings; what is asked again is not read again


@dataclass(frozen=True, slots=True)
class Head:
    """
    What `model.yml` says.

    Attributes:
        names: What its numbers mean.
        of_theme: How its log-odds of a theme join the sum of the theme's terms and words.
        of_outcome: The same for a passage that is judged by its outcomes alone.
        of_stance: How its shares of stances join what rules and signs say.
        evidence: The least confidence, 0 to 1, of evidence: in place of the bar that weights have without a model.
        possible: The same of what is to be checked.
        likely: The same of a passage of a document, of what it speaks of times what it does: as both go together, they
            are right together more often than their product says.
        network: The digest of the network.
        starts: What is added where the sum of one theme begins: of some, readers want more to be said than of others.
        probe: The digest of the vocabulary's probe, where the network is the one that travels with tenderkit.
        of_theme_heard: How its log-odds of a theme of which no term stands in a passage, and the words that tell of it,
            make a sum by themselves; None for a model that hears only what terms found.
        of_outcome_heard: The same for a passage that is judged by its outcomes alone.
    """

    names: Names
    of_theme: Line
    of_outcome: Line
    of_stance: StanceLine
    evidence: float
    possible: float
    likely: float
    network: str
    starts: Mapping[tuple[str, str], float] = field(default_factory=dict, hash=False)
    probe: str = ""
    of_theme_heard: HeardLine | None = None
    of_outcome_heard: HeardLine | None = None

    def line_of(self, theme: tuple[str, str]) -> Line:
        """Return how its log-odds of one theme (outcome and theme id) join the sum of terms and words."""
        return self.of_theme._replace(start=self.of_theme.start + self.starts.get(theme, 0.0))


class PassageModel:
    """
    Reads passages; the network itself is loaded when the first one is read.

    Args:
        folder: Where its files are.
        head: What its numbers mean.
        earlier: What was said of passages before they were learned from, by `Shown.digest`.
        kept: What was said in earlier runs; None where nothing is kept.
        probe: Hears the outcomes of a vocabulary whose network is the one that travels with tenderkit.

    Attributes:
        head: What its numbers mean.
    """

    def __init__(
        self,
        folder: Traversable,
        head: Head,
        earlier: Mapping[str, Sequence[int]] | None = None,
        kept: KeptReadings | None = None,
        probe: Probe | None = None,
    ) -> None:
        self._folder = folder
        self._network_folder = model_folder(DEFAULT) if probe else folder
        self._probe = probe
        self._earlier = earlier
        self._kept = kept
        self.head = head
        self._known = {} if earlier else _KNOWN.setdefault(head, {})

    def read(self, shown: Shown) -> Reading:
        """
        Return what the model says of a passage.

        >>> from tenderkit.readings import Shown
        >>> from tenderkit.vocabulary import load_vocabulary
        >>> model = load_model(load_vocabulary().folder)
        >>> reading = model.read(Shown("We will test every release with screen readers.", "bid"))
        >>> max(reading.stances, key=reading.stances.get), max(reading.themes, key=reading.themes.get)
        ('commitment', ('inclusion', 'accessibility'))
        """
        [reading] = self.read_all([shown])
        return reading

    def read_all(self, shown: Sequence[Shown]) -> list[Reading]:
        """Return what the model says of passages, each by itself; as many at once as there are processors."""
        new = [each for each in dict.fromkeys(shown) if each not in self._known]
        if len(self._known) + len(new) > _KEPT:
            self._known.clear()
            new = list(dict.fromkeys(shown))
        names, line = self.head.names, self.head.of_stance
        self._known.update((each, names.reading(line, told)) for each, told in self._told(new).items())
        return [self._known[each] for each in shown]

    def _told(self, new: Sequence[Shown]) -> dict[Shown, Sequence[int]]:
        """Return the numbers of passages, in hundredths: those of earlier runs, and those of others once read."""
        told: dict[Shown, Sequence[int]] = {}
        if self._earlier:
            told = {each: self._earlier[each.digest] for each in new if each.digest in self._earlier}
        elif self._kept and new:
            before = self._kept.get([each.whole for each in new])
            told = {each: before[each.whole] for each in new if each.whole in before}
        unread = [each for each in new if each not in told]
        if len(unread) > 1:
            self._network()  # once, before there are several readers
            read = dict(zip(unread, _readers().map(self._read, unread), strict=True))
        else:
            read = {each: self._read(each) for each in unread}
        if self._kept and read:
            self._kept.put({each.whole: numbers for each, numbers in read.items()})
        return told | read

    def held_out(self) -> PassageModel:
        """
        Return the same, that says of passages it learned from what it said before it had.

        A model that had not seen their sources read them when this one was made; of others it says what it always does.
        """
        file = self._folder / HELD_OUT
        earlier = msgpack.unpackb(file.read_bytes()) if file.is_file() else {}
        return PassageModel(self._folder, self.head, earlier, probe=self._probe)

    def wholes(self, shown: Iterable[Shown]) -> dict[Shown, list[float]]:
        """Return the network's numbers of passages as wholes, of which a probe makes log-odds."""
        each_once = [*dict.fromkeys(shown)]
        self._network()
        found = _readers().map(lambda each: self._run((WHOLE,), each)[0], each_once)
        return dict(zip(each_once, found, strict=True))

    def _read(self, shown: Shown) -> list[int]:
        """Return the numbers of network and probe, in hundredths."""
        if self._probe is None:
            found = self._run(OUTPUTS, shown)
        else:
            whole, stances = self._run((WHOLE, "stances"), shown)
            found = [self._probe.log_odds(whole), stances]
        return hundredths(number for row in found for number in row)

    def _run(self, outputs: Sequence[str], shown: Shown) -> list[list[float]]:
        """Return some of the network's outputs."""
        network, parted = self._network()
        pieces = parted.encode(shown.context, shown.text[:MOST_OF_A_TEXT])
        given = {"ids": [pieces.ids], "seg": [pieces.type_ids], "att": [pieces.attention_mask]}
        return [row[0].tolist() for row in network.run(outputs, given)]

    def _network(self) -> tuple[Any, Any]:
        """Return the network and its word pieces; a vocabulary with a probe has none of its own."""
        return _loaded(self._network_folder, self.head.network)


_LOADED: dict[str, tuple[Any, Any]] = {}  # by digest: one of each, however many assessors there are
_KNOWN: dict[Head, dict[Shown, Reading]] = {}  # what was read, for those that come after as well


def _loaded(folder: Traversable, digest: str) -> tuple[Any, Any]:
    """Return the network of a folder and its word pieces."""
    if digest not in _LOADED:
        try:
            _LOADED[digest] = _load(folder)
        except Exception as error:  # noqa: BLE001 - the libraries have a dozen kinds, and a damaged file may raise any
            what = (
                f"{MODEL}/{NETWORK}: It cannot be loaded ({type(error).__name__}). Install tenderkit again, or fit it."
            )
            raise MistakesError((what,)) from None
    return _LOADED[digest]


def _load(folder: Traversable) -> tuple[Any, Any]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # so short a text gains nothing from more
    options.log_severity_level = 3
    onnxruntime.disable_telemetry_events()  # where a platform has any
    file = (folder / NETWORK).read_bytes()
    network = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return network, word_pieces((folder / WORD_PIECES).read_text(encoding="utf-8"))


def word_pieces(text: str) -> Any:
    """Return what parts a context and a passage into word pieces, `LONGEST` at the most, from the text of its file."""
    from tokenizers import Tokenizer

    pieces = Tokenizer.from_str(text)
    pieces.no_padding()
    pieces.enable_truncation(LONGEST, strategy="longest_first")
    return pieces


@cache
def _readers() -> ThreadPoolExecutor:
    """Return what reads several passages at once; a forked process has none of its threads, and makes its own."""
    return ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1), "passage-model")


def _forget() -> None:
    _readers.cache_clear()
    _LOADED.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def load_model(name: str) -> PassageModel | None:
    """
    Load the model of a vocabulary; None where it has none.

    As with cues, a vocabulary without its own takes the one that travels with tenderkit, of which only the stances
    mean anything to it; with a probe it hears its own outcomes in that as well.

    Raises:
        MistakesError: With every mistake in its `model.yml`.
    """
    folder = model_folder(name)
    if not (folder / MODEL_HEAD).is_file():
        return None
    mistakes = Mistakes()
    head = _head_in(folder, mistakes)
    probe = _read_probe(folder, head, mistakes) if head and head.probe else None
    for file in (NETWORK, WORD_PIECES) if head is None or not head.probe else ():
        if not (folder / file).is_file():
            mistakes.add(f"{MODEL}/{MODEL_HEAD}", 1, f"There is no '{file}' beside it. Fit the model again.")
    if mistakes.lines or head is None:
        raise MistakesError(tuple(mistakes.lines))
    return PassageModel(folder, head, kept=_kept(head), probe=probe)


def _head_in(folder: Traversable, mistakes: Mistakes) -> Head | None:
    node = read_yaml(folder / MODEL_HEAD, f"{MODEL}/{MODEL_HEAD}", mistakes)
    return _read_head(node) if node else None


def _read_probe(folder: Traversable, head: Head, mistakes: Mistakes) -> Probe | None:
    """Return the probe beside a head; it hears only the network from which it was learned."""
    if (folder / NETWORK).is_file():
        what = f"There is '{NETWORK}' beside it, which knows its outcomes without a probe. Remove one of the two."
        mistakes.add(f"{MODEL}/{MODEL_HEAD}", 1, what)
        return None
    again = "Fit it again: tenderkit vocab fit FOLDER --probe."
    ours = _head_in(model_folder(DEFAULT), mistakes)
    if ours is None or ours.network != head.network:
        what = f"Its probe was learned from another network than the one that travels with this tenderkit. {again}"
        mistakes.add(f"{MODEL}/{MODEL_HEAD}", 1, what)
    try:
        file = (folder / PROBE).read_bytes()
        probe = Probe.unpacked(file)
    except (OSError, ValueError):
        mistakes.add(f"{MODEL}/{MODEL_HEAD}", 1, f"The '{PROBE}' beside it is missing or damaged. {again}")
        return None
    if hashlib.sha256(file).hexdigest() != head.probe or len(probe.starts) != len(head.names.outcomes):
        mistakes.add(f"{MODEL}/{MODEL_HEAD}", 1, f"The '{PROBE}' beside it is another than it tells of. {again}")
    return probe


def _kept(head: Head) -> KeptReadings:
    """Return what was read in earlier runs by the same network, run by the same libraries."""
    libraries = (f"{name} {version(name)}" for name in ("onnxruntime", "tokenizers"))
    made_by = " ".join([head.network, *([head.probe] if head.probe else []), *libraries])
    length = sum(map(len, (head.names.themes, head.names.outcomes, head.names.stances)))
    return KeptReadings(user_cache().folder, made_by, length)


def _read_head(node: Node) -> Head | None:
    before = len(node.mistakes.lines)
    part = node.mapping(
        ("themes", "outcomes", "stances", "of-theme", "of-outcome", "of-stance", "bars", "network"),
        ("fitted", "base", "learned-from", "cross-validated", "starts", "probe", *_HEARD),
    )
    if len(node.mistakes.lines) > before:
        return None
    of_theme, of_outcome = (Line(*_numbers(part[key], Line._fields)) for key in ("of-theme", "of-outcome"))
    of_stance = StanceLine(*_numbers(part["of-stance"], StanceLine._fields))
    names = Names.of(part["themes"].texts(), part["outcomes"].texts(), part["stances"].texts())
    evidence, possible, likely = _numbers(part["bars"], ("evidence", "possible", "likely"))
    starts = _starts(part["starts"], names) if "starts" in part else {}
    network, probe = part["network"].text(), part["probe"].text() if "probe" in part else ""
    heard = (HeardLine(*_numbers(part[key], HeardLine._fields)) if key in part else None for key in _HEARD)
    return Head(names, of_theme, of_outcome, of_stance, evidence, possible, likely, network, starts, probe, *heard)


def _starts(node: Node, names: Names) -> dict[tuple[str, str], float]:
    """Return the numbers of the themes that have one."""
    part = node.mapping((), tuple(map("/".join, names.themes)))
    return {theme: part[name].number() for theme in names.themes if (name := "/".join(theme)) in part}


def _numbers(node: Node, names: tuple[str, ...]) -> Iterator[float]:
    part = node.mapping(names)
    return (part[name].number() if name in part else 0.0 for name in names)
