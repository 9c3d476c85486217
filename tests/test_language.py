"""Blocks become sentences that a person would cut alike, each at its place in the document."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.language import Language

LANGUAGE = Language(["accessibility", "data", "share", "organisation"])
PIECES = [
    "We will test.",
    "we will,",
    "No. 4",
    "(Req. 4.3)",
    "e.g. this",
    "(a) one;",
    "(b) two.",
    "3.5",
    "“Quoted.”",
    "• bullet",
    "Who?",
    "data",
    "\t",
    "ﬁbre",
    "soft\u00adware",
    "\u00a0",
    "council’s",
    "acces- sibility",
    "Acme Ltd.",
    "U.S. law",
    "e\u0301tat",
    "&",
    "(see",
    ")",
    "…",
    "-",
    "–",
]


def sentences(text, kind=Kind.PARAGRAPH):
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, "Something before.")
    builder.add(kind, text)
    document = builder.finish("x.txt", "text/plain", "")
    if len(document.blocks) < 2:
        return document, []
    return document, list(LANGUAGE.block(document.blocks[1]).sentences())


def quotes(text, kind=Kind.PARAGRAPH):
    return [sentence.text for sentence in sentences(text, kind)[1]]


@pytest.mark.parametrize(
    "parts",
    [
        ["We will test.", "Then we go live."],
        ["Who tests it?", "We do!", "Every week."],
        ["Availability was 99.95 per cent.", "We aim for 99.99."],
        ["We use Cyber Essentials, e.g. the Plus scheme, i.e. the audited one."],
        ["See para. 4 and fig. 2 for the plan.", "It is short."],
        ["Contract No. 12 applies."],
        ["The answer is no.", "We will not do it."],
        ["We buy laptops, tablets etc.", "Staff choose."],
        ["Mr. Smith and Cllr. Jones chair it.", "They meet monthly."],
        ["It was built by Acme Ltd.", "We maintain it."],
        ["Under U.S. Government rules it is open."],
        ["“We tested it.”", "Then it went live."],
        ["“Is it ready?”", "“Yes.”"],
        ["It is ready (see Annex A).", "We start."],
        ["The Supplier shall: (a) test weekly;", "(b) report monthly;", "and (c) fix faults."],
        ["The Supplier shall: (i) test weekly;", "(ii) report monthly."],
        ["Goals: faster replies;", "• fewer calls;", "• happier staff."],
        ["Our approach is agile.", "- sprints."],
        ["We tested every release.", "Each one passed."],
        ["1. We test every release.", "2. We publish results."],
        ["It costs £1.5m.", "It saves £3m."],
        ["We will share data. it is fast."],
        ["3.2 Accessibility of the service is tested."],
        ["One"],
    ],
    ids=lambda parts: parts[0],
)
def test_a_paragraph_is_cut_where_a_person_would(parts):
    assert quotes(" ".join(parts)) == parts


def test_a_stop_whose_space_was_lost_ends_a_sentence():
    assert quotes("We test every release.Then it goes live.") == ["We test every release.", "Then it goes live."]


@pytest.mark.parametrize("text", ["4.2 Who tests? And when. Testing", "1. Introduction", "Method. Part A"])
def test_a_heading_is_one_sentence(text):
    assert quotes(text, Kind.HEADING) == [text]


def test_a_table_row_of_short_cells_is_one_sentence():
    assert quotes("Accessibility\tYes\tBy March 2027", Kind.TABLE_ROW) == ["Accessibility\tYes\tBy March 2027"]


def test_a_long_table_cell_speaks_for_itself():
    cells = ["Accessibility", "We will test every release with people who use a screen reader", "Yes"]
    assert quotes("\t".join(cells), Kind.TABLE_ROW) == cells


def test_each_list_item_is_its_own_sentence():
    assert quotes("test every release with disabled people;", Kind.LIST_ITEM) == [
        "test every release with disabled people;"
    ]


@pytest.mark.parametrize("text", ["https://example.org/data", "\u00ad\u00ad", "..."])
def test_a_block_without_words_does_no_harm(text):
    assert len(quotes(text)) <= 1


@settings(deadline=None)
@given(
    st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.text(max_size=80)), st.sampled_from(Kind)
)
def test_every_sentence_is_the_text_at_its_place_and_none_overlap(text, kind):
    document, found = sentences(text, kind)
    reached = 0
    for sentence in found:
        assert sentence.text == document.text[sentence.start : sentence.end]
        assert sentence.start >= reached
        assert sentence.start < sentence.end
        reached = sentence.end
    if found:
        assert found[-1].end <= document.blocks[1].end


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.sampled_from(Kind))
def test_no_word_falls_between_two_sentences(text, kind):
    document, found = sentences(text, kind)
    covered = {i for sentence in found for i in range(sentence.start, sentence.end)}
    for block in document.blocks[1:]:
        left = [c for i, c in enumerate(block.text, block.start) if i not in covered and c.isalnum()]
        assert "".join(left) in {"", "s"}  # a possessive at the end of a block


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join))
def test_tokens_lead_back_to_the_characters_they_came_from(text):
    _, found = sentences(text)
    for sentence in found:
        doc = sentence.tokens.doc
        for i in range(sentence.first, sentence.last):
            start, end = sentence.span(i, i + 1)
            assert sentence.start <= start < end <= sentence.end
            if doc[i].is_alpha and doc[i].text.isascii():
                assert sentence.tokens.block.text[start - sentence.block.start].lower()[:1] in {
                    doc[i].text[0].lower(),
                    "&",
                    "ﬁ",
                    "e",
                    "a",
                }


def test_words_carry_the_normal_form_of_the_vocabulary():
    doc = LANGUAGE.tokenise(LANGUAGE.fold("Organizations shared DATA; acces- sibility").text)
    assert [token.norm_ for token in doc] == ["organisation", "share", "data", ";", "accessibility"]


@pytest.mark.parametrize("phrase", ["data", "don't", "24/7", "e.g.", "cannot", "iso/iec", "99.9%", "r&d", "café"])
def test_the_words_of_a_phrase_are_the_tokens_of_a_text(phrase):
    assert LANGUAGE.words(phrase) == [token.text for token in LANGUAGE.tokenise(LANGUAGE.fold(phrase).text)]


@pytest.mark.parametrize("kind", [Kind.RUNNING, Kind.CONTENTS, Kind.CODE, Kind.NOTICE])
def test_running_lines_contents_code_and_notices_are_no_evidence(kind):
    builder = DocumentBuilder()
    builder.add(kind, "We will share data.")
    builder.add(Kind.PARAGRAPH, "We will not.")
    document = builder.finish("x.txt", "text/plain", "")
    assert [tokens.block.text for tokens in LANGUAGE.blocks(document)] == ["We will not."]
