"""What is unsure is shown last, with its reasons, and is never scored."""

import json
from dataclasses import replace

import pytest

from tenderkit.assess import DocumentReport, Report
from tenderkit.confidence import Weighed
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.evidence import Evidence, Level, Stance, Who
from tenderkit.reports import Format, render
from tenderkit.scoring import score
from tenderkit.vocabulary import Outcome, Scheme, Term, Theme
from tenderkit.weights import Weights

THEMES = tuple(
    Theme(theme, label, "What of it?", (Term(("screen",)),), ("A screen.",), ("A door.",))
    for theme, label in (("access", "Usable by all"), ("skills", "Digital skills"))
)
SCHEME = Scheme(
    id="tiny", prefLabel="Tiny", version="1", source="https://example.org", lists={}, unless=(), sha256="5" * 64,
    outcomes=(Outcome("inclusion", "Inclusion", "What it means.", "https://example.org", THEMES),),
    weights=Weights(evidence=0.6, possible=0.3, terms_sha256="5" * 64, outcomes={}),
)  # fmt: skip
SURE, UNSURE, VAGUE = "We will test with screen readers.", "We will hold a class.", "We will put up a screen."


@pytest.fixture
def report():
    builder = DocumentBuilder()
    found = []
    for theme, quote, confidence in (("access", SURE, 0.9), ("skills", UNSURE, 0.4), ("skills", VAGUE, 0.1)):
        builder.add(Kind.PARAGRAPH, quote)
        document = builder.finish("bid.md", "text/markdown", "b" * 64)
        start = document.text.index(quote)
        word = quote.split()[2].rstrip(".")
        at = document.text.index(word, start)
        evidence = Evidence(
            "inclusion", theme, quote, None, (), start, start + len(quote), Stance.COMMITMENT, Who.AUTHOR,
            measured=False, level=Level.STATED, confidence=confidence, because=(),
            weighed=(Weighed("start", -1.0, "start"), Weighed(word, 1.5, "term", at, at + len(word))),
        )  # fmt: skip
        found.append(evidence)
    return Report(SCHEME, (DocumentReport(document, "bid", (), score(SCHEME, found)),))


def test_only_what_is_sure_scores(report):
    card = report.documents[0].scorecard
    assert [theme.level for theme in card.outcomes[0].themes] == [Level.STATED, Level.ABSENT]
    assert card.score == 30


def test_json_tells_what_to_check_with_the_numbers_that_made_it(report):
    value = json.loads(render(report, Format.JSON))["documents"][0]
    (possible,) = value["possible"]
    assert (possible["quote"], possible["theme"], possible["confidence"]) == (UNSURE, "skills", 0.4)
    assert [(part["kind"], part["weight"]) for part in possible["weighed"]] == [("start", -1.0), ("term", 1.5)]
    text = report.documents[0].document.text
    assert all(text[part["start"] : part["end"]] == part["text"] for part in possible["weighed"] if "start" in part)
    assert value["outcomes"][0]["themes"][0]["evidence"][0]["weighed"]


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN])
def test_what_to_check_stands_after_the_score_and_nothing_vague_does(report, form):
    text = render(report, form)
    assert text.index("Please check") > text.index("Digital skills")
    assert "hold a class" in text.partition("Please check")[2]
    assert "put up a screen" not in text


def test_a_theme_with_nothing_sure_is_not_said_to_be_unmentioned(report):
    assert "Digital skills: please check" in render(report, Format.TEXT)


def test_an_answered_question_leaves_nothing_to_check(report):
    document = report.documents[0].document
    items = [e for theme in report.documents[0].scorecard.outcomes[0].themes for e in theme.evidence]
    items.append(replace(items[0], confidence=0.4, start=items[0].start + 1))
    assert score(SCHEME, items).possible == ()
    assert document.text
