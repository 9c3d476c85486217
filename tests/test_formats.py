"""The fourth law over the samples: the same content gives the same levels, whatever program saved it."""

from functools import cache
from pathlib import Path

import pytest

from tenderkit.assess import Assessor
from tenderkit.readers import read
from tenderkit.vocabulary import load_vocabulary

FILES = sorted((Path(__file__).parent / "formats").iterdir())  # written by samples/source/formats.py
SOURCES = Path(__file__).parent.parent / "samples" / "source"


@cache
def assessor():
    return Assessor(load_vocabulary())


@cache
def assessed(path):
    return assessor().assess(read(path.read_bytes(), path.name))


def levels(report):
    return {(o.id, t.id): int(t.level) for o in report.scorecard.outcomes for t in o.themes}


def test_every_sample_is_there_in_every_format():
    assert {(path.stem, path.suffix) for path in FILES} == {
        (name, suffix)
        for name in ("tender", "bid-strong", "bid-thin", "contract")
        for suffix in (".docx", ".odt", ".rtf", ".pdf", ".html")
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_has_the_levels_of_its_markdown_in_any_format(path):
    source = assessed(SOURCES / f"{path.stem}.md")
    saved = assessed(path)
    assert saved.role == source.role
    assert levels(saved) == levels(source)
    assert saved.scorecard.score == source.scorecard.score
    assert saved.document.hidden == saved.document.unread == ()
