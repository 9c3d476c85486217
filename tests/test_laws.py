"""The six laws of the score, as properties over generated documents and over the samples."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate

from tenderkit.assess import Assessor
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.evidence import Stance
from tenderkit.readers import read
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE_FILES = sorted(
    path for path in SAMPLES.glob("*.*") if path.suffix in {".pdf", ".docx", ".md"} and path.stem != "README"
)
# "No loss", "not sell", "not without": denying these is a promise, not a refusal.
BAD_TO_HAVE = frozenset(
    [
        "breach",
        "breache",
        "complaint",
        "defect",
        "delay",
        "disadvantaged",
        "disruption",
        "downtime",
        "exclusion",
        "failure",
        "incident",
        "interruption",
        "lock-in",
        "lo",
        "losse",
        "outage",
        "penalty",
        "penaltie",
        "sell",
        "without",
    ]
)
PADDING = (
    "The hall was painted green in the spring.",
    "Lunch is served at noon and the kettle is always warm.",
    "Three herons stood on the weir.",
    "The road bends left after the mill.",
)


@cache
def assessor() -> Assessor:
    return Assessor(load_vocabulary())


@cache
def passages() -> tuple[str, ...]:
    """Return passages that stand by themselves: a question lends its theme to what follows, so that order matters."""
    told = (text for outcome in load_vocabulary().outcomes for theme in outcome.themes for text in theme.says)
    return tuple(text for text in told if not text.endswith("?"))


@cache
def plain_terms() -> tuple[str, ...]:
    return tuple(
        phrase
        for outcome in load_vocabulary().outcomes
        for theme in outcome.themes
        for term in theme.terms
        for phrase in term.phrases
        if phrase.replace(" ", "").isalpha()
    )


@cache
def keywords() -> tuple[str, ...]:
    """Return terms that by themselves ask and promise nothing; "set up an email" is an instruction, no keyword."""
    return tuple(term for term in plain_terms() if assessor().predict(term).stance is Stance.MENTION)


def document_of(paragraphs, kind=Kind.PARAGRAPH):
    builder = DocumentBuilder()
    for paragraph in paragraphs:
        builder.add(kind, paragraph)
    return builder.finish("generated", "text/plain", "")


def score_of(paragraphs, role=Role.BID):
    return assessor().assess(document_of(paragraphs), role).scorecard.score


def levels(report):
    return {(o.id, t.id): int(t.level) for o in report.scorecard.outcomes for t in o.themes}


some_passages = st.lists(st.deferred(lambda: st.sampled_from(passages())), min_size=1, max_size=6)
some_terms = st.lists(st.deferred(lambda: st.sampled_from(plain_terms())), min_size=1, max_size=12)
some_keywords = st.lists(st.deferred(lambda: st.sampled_from(keywords())), min_size=1, max_size=12)
roles = st.sampled_from(list(Role))


@given(some_passages, st.data(), roles)
def test_repetition_order_and_padding_leave_the_score_as_it_was(paragraphs, data, role):
    score = score_of(paragraphs, role)
    assert score_of([*paragraphs, *paragraphs], role) == score
    assert score_of(data.draw(st.permutations(paragraphs)), role) == score
    padded = [text for paragraph in paragraphs for text in (paragraph, data.draw(st.sampled_from(PADDING)))]
    assert score_of(padded, role) == score


@given(some_passages, st.deferred(lambda: st.sampled_from(passages())), roles)
def test_adding_evidence_never_lowers_the_score(paragraphs, more, role):
    assert score_of([*paragraphs, more], role) >= score_of(paragraphs, role)


@given(some_terms, roles)
def test_negating_a_sentence_never_raises_the_score(terms, role):
    said = [f"We will provide {term}." for term in terms]
    denied = [f"We will not provide {term}." for term in terms]
    assert score_of(denied, role) <= score_of(said, role)
    plain = [text for text in denied if BAD_TO_HAVE.isdisjoint(word.rstrip("s.") for word in text.lower().split())]
    assert score_of(plain, Role.BID) == 0


@given(some_passages, some_passages, roles)
def test_contents_running_text_and_notices_never_raise_the_score(paragraphs, others, role):
    builder = DocumentBuilder()
    for text in others:
        builder.add(Kind.CONTENTS, text)
        builder.add(Kind.RUNNING, text)
        builder.add(Kind.NOTICE, text)
    for text in paragraphs:
        builder.add(Kind.PARAGRAPH, text)
    report = assessor().assess(builder.finish("generated", "text/plain", ""), role)
    assert report.scorecard.score == score_of(paragraphs, role)


@pytest.mark.parametrize(
    "form",
    [
        "Please describe how your service will be tested with screen readers.\n\nThe hall was painted green.",
        "| Question | Response |\n|---|---|\n| How will you test with screen readers? | The hall is painted green. |",
    ],
    ids=["one above the other", "side by side"],
)
def test_the_question_of_a_form_is_no_evidence_of_a_bid_but_is_what_a_tender_asks(form):
    document = read(form.encode(), "form.md")
    assert max(levels(assessor().assess(document, Role.BID)).values()) == 0
    assert max(levels(assessor().assess(document, Role.TENDER)).values()) > 0


@given(some_passages, some_keywords, st.sampled_from([", ", "; ", " ", " / "]), roles)
def test_a_bare_list_of_keywords_never_raises_the_score(paragraphs, terms, separator, role):
    assert score_of([*paragraphs, separator.join(terms)], role) == score_of(paragraphs, role)


CONTENT = (
    (Kind.HEADING, "Our method"),
    (Kind.PARAGRAPH, "We will test every release with screen reader users by March 2027."),
    (Kind.PARAGRAPH, "We are certified to ISO 27001 and hold Cyber Essentials Plus."),
    (Kind.HEADING, "Working with you"),
    (Kind.PARAGRAPH, "We will:"),
    (Kind.LIST_ITEM, "train 40 council staff before go-live"),
    (Kind.LIST_ITEM, "publish the source code under an open source licence"),
    (Kind.PARAGRAPH, "Our price excludes data migration."),
)


def as_docx() -> bytes:
    document = docx.Document()
    styles = {Kind.HEADING: "Heading 1", Kind.PARAGRAPH: "Normal", Kind.LIST_ITEM: "List Bullet"}
    for kind, text in CONTENT:
        document.add_paragraph(text, style=styles[kind])
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf() -> bytes:
    sheet = getSampleStyleSheet()
    flow = []
    for kind, text in CONTENT:
        paragraph = Paragraph(text, sheet["Heading1" if kind is Kind.HEADING else "BodyText"])
        flow.append(ListFlowable([paragraph], bulletType="bullet") if kind is Kind.LIST_ITEM else paragraph)
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(flow)
    return stream.getvalue()


def as_html() -> bytes:
    tags = {Kind.HEADING: "h1", Kind.PARAGRAPH: "p", Kind.LIST_ITEM: "li"}
    body = "".join(f"<{tags[kind]}>{text}</{tags[kind]}>" for kind, text in CONTENT)
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def as_markdown() -> bytes:
    marks = {Kind.HEADING: "# {}\n", Kind.PARAGRAPH: "{}\n", Kind.LIST_ITEM: "- {}"}
    return (
        "\n".join(marks[kind].format(text) for kind, text in CONTENT).replace("licence\nOur", "licence\n\nOur").encode()
    )


def as_text() -> bytes:
    marks = {Kind.HEADING: "{}\n", Kind.PARAGRAPH: "{}\n", Kind.LIST_ITEM: "• {}"}
    return (
        "\n".join(marks[kind].format(text) for kind, text in CONTENT).replace("licence\nOur", "licence\n\nOur").encode()
    )


@pytest.mark.parametrize("make", [as_docx, as_pdf, as_html, as_text], ids=["docx", "pdf", "html", "text"])
def test_the_same_content_in_another_format_gives_the_same_levels(make):
    markdown = assessor().assess(read(as_markdown(), "bid.md"), Role.BID)
    other = assessor().assess(read(make(), "bid"), Role.BID)
    assert max(levels(markdown).values()) == 3
    assert levels(other) == levels(markdown)


def test_hidden_text_in_a_word_file_is_reported_and_never_scores():
    document = docx.Document()
    document.add_paragraph("The hall was painted green.")
    run = document.add_paragraph().add_run("We will test every release with screen reader users by March 2027.")
    run.font.hidden = True
    stream = BytesIO()
    document.save(stream)
    report = assessor().assess(read(stream.getvalue(), "bid.docx"), Role.BID)
    assert report.scorecard.score == 0
    assert "screen reader" in report.document.hidden[0].quote


def test_hidden_text_in_a_pdf_is_reported_and_never_scores():
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawString(72, 700, "The hall was painted green.")
    text = canvas.beginText(72, 600)
    text.setTextRenderMode(3)
    text.textLine("We will test every release with screen reader users by March 2027.")
    canvas.drawText(text)
    canvas.save()
    report = assessor().assess(read(stream.getvalue(), "bid.pdf"), Role.BID)
    assert report.scorecard.score == 0
    assert "screen reader" in report.document.hidden[0].quote


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_quote_stands_in_the_document_at_its_place(path):
    report = assessor().assess(read(path.read_bytes(), path.name))
    document = report.document
    assert " ".join(block.text for block in document.blocks)
    for outcome in report.scorecard.outcomes:
        for theme in outcome.themes:
            assert (theme.level > 0) == any(item.level > 0 for item in theme.evidence)
            for item in theme.evidence:
                assert document.text[item.start : item.end] == item.quote
                block = next(b for b in document.blocks if b.start <= item.start and item.end <= b.end)
                assert (block.anchor.page, block.section) == (item.page, item.section)
                for reason in item.because:
                    if reason.start is not None:
                        assert document.text[reason.start : reason.end] == reason.text


@given(some_passages, roles)
def test_every_quote_of_a_generated_document_stands_at_its_place(paragraphs, role):
    document = document_of(paragraphs)
    report = assessor().assess(document, role)
    for outcome in report.scorecard.outcomes:
        for theme in outcome.themes:
            for item in theme.evidence:
                assert document.text[item.start : item.end] == item.quote


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_a_sample_said_twice_scores_as_said_once(path):
    document = read(path.read_bytes(), path.name)
    builder = DocumentBuilder()
    for block in (*document.blocks, *document.blocks):
        builder.add(block.kind, block.text, anchor=block.anchor, level=block.level)
    doubled = builder.finish(path.name, "", "")
    echoes = [block.echo for block in (*document.blocks, *document.blocks)]
    blocks = tuple(replace(block, echo=echo) for block, echo in zip(doubled.blocks, echoes, strict=True))
    once = assessor().assess(document)
    twice = assessor().assess(replace(doubled, blocks=blocks), Role(once.role))
    assert levels(twice) == levels(once)


def run_json(arguments, *, cwd, seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SAMPLES.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "tenderkit", "score", *arguments, "--format", "json"],
        cwd=cwd, env=environment, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


def test_the_same_bytes_give_the_same_bytes_in_any_folder_order_and_hash_seed(tmp_path):
    stuffed, tender = SAMPLES / "bid-stuffed.md", SAMPLES / "tender.docx"
    here = run_json(["bid-stuffed.md", "tender.docx"], cwd=SAMPLES, seed="0")
    there = run_json([str(tender), str(stuffed)], cwd=tmp_path, seed="1")
    assert here == there
    alone = json.loads(run_json([str(stuffed)], cwd=tmp_path, seed="2"))
    both = json.loads(here)
    assert alone["documents"][0] in both["documents"]


@cache
def framework_texts():
    """Return what a vocabulary says of itself, and what a bidder might copy."""
    outcomes = load_vocabulary().outcomes
    texts = [outcome.definition for outcome in outcomes]
    texts += [theme.asks for outcome in outcomes for theme in outcome.themes]
    texts += [theme.scopeNote for outcome in outcomes for theme in outcome.themes if theme.scopeNote]
    return tuple(texts)


@cache
def names():
    return tuple(outcome.prefLabel for outcome in load_vocabulary().outcomes)


@cache
def tender():
    return read((SAMPLES / "source" / "tender.md").read_bytes(), "tender.md")


@cache
def asked():
    """Return the sentences in which the sample tender asks for something."""
    return tuple(
        block.text for block in tender().blocks if block.kind is not Kind.HEADING and len(block.text.split()) >= 8
    )


def never_gains(with_more, without):
    """Tell that no level rose above "mentioned" and that the score stayed."""
    before, after = levels(without), levels(with_more)
    assert {theme: level for theme, level in after.items() if level > max(1, before[theme])} == {}
    assert with_more.scorecard.score == without.scorecard.score


def said_with(paragraphs, more, place, kind=Kind.PARAGRAPH):
    builder = DocumentBuilder()
    for i, text in enumerate([*paragraphs, ""]):
        if i == min(place, len(paragraphs)):
            for copied in more:
                builder.add(kind, copied)
        if text:
            builder.add(Kind.PARAGRAPH, text)
    return builder.finish("generated", "text/plain", "")


some_places = st.integers(0, 6)
some_kinds = st.sampled_from([Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_ROW])
wrappers = st.sampled_from(["{}", "We will ensure that {}", "We commit to this: {}", "{} We fully comply.", "1.2 {}"])
some_copies = st.lists(
    st.builds(str.format, wrappers, st.deferred(lambda: st.sampled_from(framework_texts()))), min_size=1, max_size=4
)
name_lists = st.builds(
    lambda wrapper, separator, copied: wrapper.format(separator.join(copied)),
    st.sampled_from(["{}", "We will deliver {}."]),
    st.sampled_from([", ", "; ", ". ", " and ", " / ", "\t"]),
    st.deferred(lambda: st.lists(st.sampled_from(names()), min_size=4, max_size=12, unique=True)),
)


@given(some_passages, some_copies, some_places, some_kinds, roles)
def test_text_copied_from_the_framework_never_raises_the_score(paragraphs, copied, place, kind, role):
    report = assessor().assess(said_with(paragraphs, copied, place, kind), role)
    never_gains(report, assessor().assess(document_of(paragraphs), role))


@given(st.deferred(lambda: st.sampled_from(framework_texts())), st.data())
def test_framework_text_is_found_when_some_of_its_words_were_changed(text, data):
    words = text.split()
    for i in range(data.draw(st.integers(3, 6)), len(words), 6):
        words[i] = data.draw(st.sampled_from(["really", "very", "digital"]))
    report = assessor().assess(document_of([" ".join(words)]), Role.BID)
    assert report.scorecard.score == 0
    assert {note.kind.value for note in report.integrity} <= {"copied framework"}


@given(some_passages, name_lists, some_places, roles)
def test_copied_names_of_outcomes_never_raise_the_score_and_are_told(paragraphs, listed, place, role):
    report = assessor().assess(said_with(paragraphs, [listed], place), role)
    never_gains(report, assessor().assess(document_of(paragraphs), role))
    assert "copied names" in {note.kind.value for note in report.integrity}


@given(some_passages, some_keywords, st.sampled_from([", ", "; ", " ", " / "]), some_places, roles)
def test_keywords_anywhere_never_raise_a_level_above_mentioned(paragraphs, terms, separator, place, role):
    listed = separator.join(terms)
    never_gains(
        assessor().assess(said_with(paragraphs, [listed], place), role),
        assessor().assess(document_of(paragraphs), role),
    )


@given(some_passages, st.integers(2, 6), roles)
def test_a_repeated_paragraph_counts_once_and_is_told(paragraphs, times, role):
    once, often = document_of(paragraphs), document_of([*paragraphs] * times)
    report = assessor().assess(often, role)
    never_gains(report, assessor().assess(once, role))
    evidence = [item for o in report.scorecard.outcomes for t in o.themes for item in t.evidence if item.level >= 2]
    long = [item for item in evidence if len(item.quote.split()) >= 20]
    assert len({(item.outcome, item.theme, item.quote) for item in long}) == len(long)
    if role is Role.BID and long:
        assert "repeated paragraph" in {note.kind.value for note in report.integrity}


@given(some_passages, st.deferred(lambda: st.lists(st.sampled_from(asked()), min_size=1, max_size=4)),
       st.sampled_from(["{}", "R7 {}", "You ask: {}"]), some_places)  # fmt: skip
def test_words_copied_from_the_tender_never_raise_the_score_of_a_bid(paragraphs, copied, wrapper, place):
    more = [wrapper.format(text) for text in copied]
    report = assessor().assess(said_with(paragraphs, more, place), Role.BID, tender=tender())
    never_gains(report, assessor().assess(document_of(paragraphs), Role.BID, tender=tender()))


QUESTION = (
    "How will you train our staff, test each journey with residents and publish what you learn about accessibility?"
)


@pytest.mark.parametrize("copy", [QUESTION.rstrip("?"), QUESTION.replace("How will you", "Train:").replace("?", ".")])
def test_an_answer_that_repeats_its_question_says_nothing(copy):
    answered = f"# Q1\n\n{QUESTION}\n\nWe are a firm of sixty people.\n\n"
    plain = assessor().assess(read(answered.encode(), "bid.md"), Role.BID)
    copied = assessor().assess(read(f"{answered}{copy}\n".encode(), "bid.md"), Role.BID)
    never_gains(copied, plain)


def test_a_promise_made_in_the_tenders_words_is_still_a_promise():
    answer = document_of(
        ["We will answer priority 1 incidents within 15 minutes and restore service within four hours."]
    )
    report = assessor().assess(answer, Role.BID, tender=tender())
    assert max(levels(report).values()) == 3
    assert not report.integrity
    echo = document_of(
        ["The supplier must answer priority 1 incidents within 15 minutes and restore service within four hours."]
    )
    report = assessor().assess(echo, Role.BID, tender=tender())
    assert max(levels(report).values()) == 1
    assert [note.kind.value for note in report.integrity] == ["copied tender"]


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_every_integrity_note_quotes_the_document_at_its_place(path):
    report = assessor().assess(read(path.read_bytes(), path.name))
    for note in report.integrity:
        assert report.document.text[note.start : note.end] == note.quote
        assert note.why
