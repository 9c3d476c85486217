"""
Trains the language model that reads passages, for `tenderkit vocab fit --model`.

All layers of MiniLM learn three things at once: which themes a passage is evidence of, which outcomes it is about, and
what it does. Where a label is silent nothing is learned. Sources that are held out show how far to believe what comes
out: `model_lines` weighs it against what terms, rules and signs say.
"""

from __future__ import annotations

import random
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenderkit.errors import UsageError
from tenderkit.evidence import Stance
from tenderkit.lessons import source_of
from tenderkit.passage_model import NETWORK, OUTPUTS, WHOLE, WORD_PIECES, word_pieces
from tenderkit.readings import Names, Shown, StanceLine, hundredths, in_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.labels import Passage
    from tenderkit.readings import Reading
    from tenderkit.vocabulary import Scheme

STANCES = tuple(stance.value for stance in Stance)
_EPOCHS = 2
_BATCH = 32
_RATE = 8e-5
_RATE_OF_HEADS = 1e-3
_WARMING = 0.06  # of all steps
_WITHOUT_CONTEXT = 0.1  # of the passages, so that it can do without
_UNWEIGHED = StanceLine(*(0.0 for _ in StanceLine._fields))
_UNKNOWN = -100  # a stance that is not labelled


@dataclass(frozen=True, slots=True)
class ModelLesson:
    """
    A passage to learn from.

    Attributes:
        shown: What the model is shown.
        themes: By `outcome/theme`, whether it is evidence of it; themes that are not named teach nothing.
        outcomes: By outcome id, whether it is about it; the same.
        stance: Place in `STANCES`; None where it is not labelled.
        group: The source.
    """

    shown: Shown
    themes: Mapping[str, bool]
    outcomes: Mapping[str, bool]
    stance: int | None
    group: str


def theme_names(scheme: Scheme) -> tuple[str, ...]:
    """Return every theme as `outcome/theme`."""
    return tuple(f"{outcome.id}/{theme.id}" for outcome in scheme.outcomes for theme in outcome.themes)


def shown_of(passage: Passage) -> Shown:
    """Return what the model is shown of a labelled passage."""
    return in_context(passage.text, passage.before, passage.role.value if passage.role else "")


def model_lessons(passages: Iterable[Passage], scheme: Scheme) -> Iterator[ModelLesson]:
    """Yield a lesson for each labelled passage, then one for each example of the vocabulary."""
    names = theme_names(scheme)
    for passage in passages:
        themes = dict.fromkeys(names, False) if passage.themes is not None else {}
        themes |= dict.fromkeys(passage.rejects, False) | dict.fromkeys(passage.accepts, True)
        themes |= dict.fromkeys(passage.themes or (), True)
        told = passage.outcomes
        outcomes = {outcome.id: outcome.id in told for outcome in scheme.outcomes} if told is not None else {}
        stance = None if passage.stance is None else STANCES.index(passage.stance.value)
        yield ModelLesson(shown_of(passage), themes, outcomes, stance, source_of(passage))
    for outcome in scheme.outcomes:
        for theme in outcome.themes:
            name = f"{outcome.id}/{theme.id}"
            for examples, says in ((theme.says, True), (theme.silent, False)):
                for text in examples:
                    before, _, last = text.rpartition("\n")
                    yield ModelLesson(in_context(last, before), {name: says}, {}, None, f"{name} examples")


class Trainer:
    """
    A network and what it learns.

    Args:
        scheme: The vocabulary.

    Raises:
        UsageError: When what training needs is not installed.
    """

    def __init__(self, scheme: Scheme) -> None:
        try:
            import torch
            import transformers
        except ImportError:
            raise UsageError("Training needs more than tenderkit: pip install 'tenderkit[model]'.") from None
        self._torch = torch
        self.themes = theme_names(scheme)
        self.outcomes = tuple(outcome.id for outcome in scheme.outcomes)
        torch.manual_seed(1)
        with tempfile.TemporaryDirectory() as folder:
            with (files("all_minilm_l6_v2") / "model.zip").open("rb") as packed, zipfile.ZipFile(packed) as published:
                published.extractall(folder)
            self._body = transformers.AutoModel.from_pretrained(folder)
            self.word_pieces = (Path(folder) / WORD_PIECES).read_text(encoding="utf-8")
        self._pieces = word_pieces(self.word_pieces)
        sizes = (len(self.themes), len(self.outcomes), len(STANCES))
        width = 2 * self._body.config.hidden_size
        self._heads = torch.nn.ModuleList(torch.nn.Linear(width, size) for size in sizes)
        for head, start in zip(self._heads, (-4.0, -2.5), strict=False):  # most passages are of no theme
            torch.nn.init.zeros_(head.weight)
            torch.nn.init.constant_(head.bias, start)
        self._drop = torch.nn.Dropout(0.1)

    def train(self, lessons: Sequence[ModelLesson]) -> Iterator[tuple[int, int]]:
        """Learn from lessons; yields how many steps are done, and of how many, every hundred."""
        torch, steps = self._torch, max(1, _EPOCHS * len(lessons) // _BATCH)
        groups = [
            {"params": self._body.parameters(), "lr": _RATE},
            {"params": self._heads.parameters(), "lr": _RATE_OF_HEADS},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        slope = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / (_WARMING * steps)) * max(0.0, 1 - step / steps)
        )
        self._body.train()
        self._drop.train()
        for step, batch in enumerate(islice(_batches(lessons), steps)):
            optimiser.zero_grad()
            self._loss(batch).backward()
            torch.nn.utils.clip_grad_norm_([each for group in groups for each in group["params"]], 1.0)
            optimiser.step()
            slope.step()
            if step % 100 == 0:
                yield step, steps
        self._body.eval()
        self._drop.eval()

    def readings(self, shown: Iterable[Shown]) -> dict[Shown, Reading]:
        """Return what the network says of passages."""
        names = Names.of(self.themes, self.outcomes, STANCES)
        order = sorted(shown, key=lambda each: len(each.text))
        found: dict[Shown, Reading] = {}
        with self._torch.no_grad():
            for begin in range(0, len(order), _BATCH):
                batch = order[begin : begin + _BATCH]
                numbers = self._torch.cat(self._forward(*self._given(batch))[:3], 1).tolist()
                found |= {
                    each: names.reading(_UNWEIGHED, hundredths(row)) for each, row in zip(batch, numbers, strict=True)
                }
        return found

    def _given(self, shown: Sequence[Shown]) -> tuple[Any, Any, Any]:
        read = [self._pieces.encode(each.context, each.text) for each in shown]
        longest = max(len(each.ids) for each in read)
        rows = (
            [numbers + [0] * (longest - len(numbers)) for numbers in given]
            for given in zip(*((each.ids, each.type_ids, each.attention_mask) for each in read), strict=True)
        )
        ids, kinds, mask = (self._torch.tensor(row) for row in rows)
        return ids, kinds, mask

    def _forward(self, ids: Any, kinds: Any, mask: Any) -> tuple[Any, Any, Any, Any]:
        """Return the numbers of themes, outcomes and stances, and those of whole and own words that make them."""
        states = self._body(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state.float()
        own = (kinds * mask).unsqueeze(-1).float()
        mean = (states * own).sum(1) / own.sum(1).clamp(min=1)
        found = self._drop(self._torch.cat([states[:, 0], mean], 1))
        themes, outcomes, stances = (head(found) for head in self._heads)
        return themes, outcomes, stances, found

    def _loss(self, batch: Sequence[ModelLesson]) -> Any:
        torch, functional = self._torch, self._torch.nn.functional
        with torch.autocast("cpu", dtype=torch.bfloat16):
            *numbers, _ = self._forward(*self._given([lesson.shown for lesson in batch]))
            themes, outcomes, stances = (each.float() for each in numbers)
        loss = 0.0
        for found, names, told in (
            (themes, self.themes, [lesson.themes for lesson in batch]),
            (outcomes, self.outcomes, [lesson.outcomes for lesson in batch]),
        ):
            truth = torch.tensor([[float(each.get(name, False)) for name in names] for each in told])
            known = torch.tensor([[float(name in each) for name in names] for each in told])
            each = functional.binary_cross_entropy_with_logits(found, truth, reduction="none")
            loss = loss + (each * known).sum() / len(batch)
        stance = torch.tensor([_UNKNOWN if lesson.stance is None else lesson.stance for lesson in batch])
        if (stance != _UNKNOWN).any():
            loss = loss + functional.cross_entropy(stances, stance, ignore_index=_UNKNOWN)
        return loss

    def write(self, folder: Path) -> None:
        """Write the network in eight bits, and its word pieces."""
        from onnxruntime.quantization import QuantType, quantize_dynamic

        trainer = self

        class Whole(self._torch.nn.Module):  # type: ignore[misc,name-defined]
            def __init__(self) -> None:
                super().__init__()
                self.body, self.heads = trainer._body, trainer._heads

            def forward(self, ids: Any, seg: Any, att: Any) -> tuple[Any, Any, Any, Any]:
                return trainer._forward(ids, seg, att)

        self._body.set_attn_implementation("eager")  # plain steps, that eight bits can be made of
        given = {name: {0: "passage", 1: "piece"} for name in ("ids", "seg", "att")}
        example = self._torch.ones(2, 16, dtype=self._torch.long)
        with tempfile.TemporaryDirectory() as work:
            full = Path(work) / NETWORK
            self._torch.onnx.export(
                Whole().eval(),
                (example, example, example),
                str(full),
                input_names=[*given],
                output_names=[*OUTPUTS, WHOLE],
                dynamic_axes=given,
                opset_version=14,
                dynamo=False,
            )
            # Seven bits of eight: processors without the newest instructions would overflow, and read otherwise.
            quantize_dynamic(full, folder / NETWORK, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        (folder / WORD_PIECES).write_text(self.word_pieces, encoding="utf-8")


def _batches(lessons: Sequence[ModelLesson]) -> Iterator[list[ModelLesson]]:
    """Yield batches without end; passages of like length stand together, some without what stands above them."""
    chance = random.Random(1)  # noqa: S311 - of no use to a thief
    while True:
        order = [
            ModelLesson(Shown(lesson.shown.text), lesson.themes, lesson.outcomes, lesson.stance, lesson.group)
            if chance.random() < _WITHOUT_CONTEXT
            else lesson
            for lesson in chance.sample(lessons, len(lessons))
        ]
        for begin in range(0, len(order), 16 * _BATCH):
            chunk = sorted(
                order[begin : begin + 16 * _BATCH],
                key=lambda lesson: len(lesson.shown.context) + len(lesson.shown.text),
            )
            batches = [chunk[i : i + _BATCH] for i in range(0, len(chunk), _BATCH)]
            chance.shuffle(batches)
            yield from batches
