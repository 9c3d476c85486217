from pathlib import Path

import pytest

FIT = ("vocab", "fit", "--date", "2026-11-28")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--probe", "--stances"), "--probe and --stances are learned one at a time. Ask for one."),
        (("--model", "--probe", "--stances"), "--model and --probe and --stances are learned one at a time."),
        (("--stances", "--precision", "0.8"), "--precision is of outcomes; --stances learns none."),
    ],
)
def test_what_contradicts_itself_is_refused_and_nothing_written(run, vocab, flags, told):
    before = sorted(Path(vocab).rglob("*"))
    result = run(*FIT, vocab, *flags)
    assert result.code == 2
    assert result.err.startswith(f"tenderkit: {told}")
    assert sorted(Path(vocab).rglob("*")) == before


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("learned-from: {passages: 1200, sources: 3}", "had learned from 1,200 labelled passages, this one from 0."),
        ("learned-from: {passages: 0, sources: 3}", ""),
        ("fitted: yesterday", ""),
        ("no mapping", ""),
    ],
)
def test_weights_that_had_learned_from_more_are_not_replaced_without_a_word(run, vocab, head, told):
    (Path(vocab) / "weights.yml").write_text(f"{head}\n")
    result = run(*FIT, vocab)
    assert result.code == 0
    assert told in result.err if told else not result.err
    assert "learned-from" in (Path(vocab) / "weights.yml").read_text()
