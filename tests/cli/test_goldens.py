"""What commands print, to the letter, where no hand-made report can stand for it: with a vocabulary of two themes."""

import json
from pathlib import Path

import pytest

CONTRACT = """\
# 1 Outcomes

The Supplier shall test every release with a screen reader.

The Supplier shall make savings for the Council.

# 2 Service levels

| KPI | Outcome | Measure | Target | First measured |
|---|---|---|---|---|
| K1 | Inclusion | Faults open for 30 days | None | 31 December 2027 |
| K2 | Value | Savings made | 5% a year | |

# 3 Payment

| Milestone | Deliverable | Outcome | Payment | Due |
|---|---|---|---|---|
| M1 | Audit passed | Inclusion | £10,000 | 1 May 2027 |
"""
LABELS = [
    {"text": "We will test with a screen reader by May 2027.", "outcomes": ["inclusion"], "stance": "commitment",
     "measured": True, "source": "one.md"},
    {"text": "Daylight saving begins in March.", "outcomes": [], "stance": "mention", "measured": False,
     "source": "two.md"},
    {"text": "The firm saved £1 million.", "outcomes": ["value"], "stance": "practice", "measured": True,
     "source": "two.md"},
]  # fmt: skip


@pytest.fixture
def typed(run, vocab, bid, monkeypatch):
    """Run a command as typed beside a bid, a contract, labels and the vocabulary, and return what it printed."""
    assert Path(vocab).parent == Path(bid).parent
    monkeypatch.chdir(Path(bid).parent)
    Path("contract.md").write_text(CONTRACT)
    Path("labels.jsonl").write_text("".join(json.dumps(label) + "\n" for label in LABELS))

    def typed(line, *more):
        result = run(*line.split(), *more)
        assert result.code == 0, result.err
        return result.out

    return typed


@pytest.mark.parametrize(("form", "name"), [("text", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json")])
def test_ties(typed, golden, form, name):
    golden(f"ties.{name}", typed(f"ties contract.md --vocab tiny --as contract --format {form}"))


@pytest.mark.parametrize(
    ("name", "line", "more"),
    [
        ("explain.txt", "explain bid.md --vocab tiny --outcome inclusion", ()),
        ("explain-value.txt", "explain bid.md --vocab tiny --outcome value", ()),
        ("text.txt", "text bid.md", ()),
        ("text-blocks.txt", "text bid.md --blocks", ()),
        ("vocab-list.txt", "vocab list --vocab tiny", ()),
        ("vocab-show.txt", "vocab show inclusion --vocab tiny", ()),
        ("vocab-check.txt", "vocab check tiny", ()),
        ("vocab-check-all.txt", "vocab check tiny --all", ()),
        ("vocab-try.txt", "vocab try --vocab tiny", ("We will make savings; the website is accessible.",)),
        ("vocab-why-not.txt", "vocab why-not inclusion --vocab tiny", ("The building is accessible to all.",)),
        ("evaluate.txt", "evaluate labels.jsonl --vocab tiny", ()),
        ("evaluate.json", "evaluate labels.jsonl --vocab tiny --format json", ()),
    ],
)
def test_what_a_command_prints(typed, golden, name, line, more):
    golden(name, typed(line, *more))
