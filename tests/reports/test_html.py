import itertools
import re
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from tenderkit import __version__
from tenderkit.assess import DocumentReport, Report
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.evidence import Evidence, Level, Reason, Stance, Who
from tenderkit.reports import Format, html, render
from tenderkit.reports.wording import harmless
from tenderkit.scoring import score

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script><style>*{display:none}</style>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "<a href=javascript:alert(1)>javascript:alert(1)</a>",
    "{{ 7 * 7 }} {% for x in y %} {# note #} {{ ''.__class__ }}",
    "a\u202eb\u2066c\u200fd",
    "a\x1b]8;;https://evil.example\x07b\x1b[2Jc\x00d",
    "<!-- --> <![CDATA[ ]]> &lt; &#60; &amp;lt;",
    "</main></body></html><meta http-equiv=refresh content=0>",
]


def parsed(report, **options):
    return lxml_html.document_fromstring(render(report, Format.HTML, **options))


def words(element):
    return " ".join(element.text_content().split())


def links(page):
    return [(link, link.get("href")) for link in page.xpath("//a[@href]")]


def text_of(page, prefix="d1"):
    """Return what the page shows of the document's text: without page names, notes and links back."""
    (body,) = page.xpath(f"//*[@id='{prefix}-body']")
    for added in body.xpath(".//*[contains(concat(' ', @class, ' '), ' tag ')] | .//*[@class='note' or @class='page']"):
        added.drop_tree()
    return "".join(body.text_content().split())


@pytest.fixture
def everything(one, several, make_hostile):
    return [one, several, make_hostile(HOSTILE[0]), Report(one.scheme, ())]


def test_the_report_is_as_the_golden_file_shows(one, golden):
    golden("one.html", render(one, Format.HTML))


def test_the_same_report_gives_the_same_bytes(several):
    first = render(several, Format.HTML)
    html._environment.cache_clear()
    assert render(several, Format.HTML) == first


def test_headings_go_down_by_one_step_and_the_first_is_the_only_one_of_its_level(everything):
    for report in everything:
        levels = [int(heading.tag[1]) for heading in parsed(report).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_what_is_declined_is_told_though_its_theme_is_not_scored(one):
    (document,) = one.documents
    card = document.scorecard
    kept = replace(card, outcomes=tuple(outcome for outcome in card.outcomes if outcome.label != "Inclusion"))
    page = parsed(Report(one.scheme, (replace(document, scorecard=kept),)))
    (section,) = page.xpath("//section[@id='d1-declined']")
    assert card.declined[0].quote in words(section)
    assert "#d1-declined" in page.xpath("//section[@id='d1-summary']//a/@href")


@pytest.mark.parametrize("outcome", [None, "value", "democracy"])
def test_every_id_is_there_once_and_every_link_leads_to_one(everything, outcome):
    for report in everything:
        page = parsed(report, outcome=outcome)
        ids = Counter(page.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1] == []
        assert [href for _, href in links(page) if href[1:] not in ids] == []


def test_a_quote_leads_to_its_place_in_the_text_and_back(one):
    page = parsed(one)
    found = [
        item for outcome in one.documents[0].scorecard.outcomes for theme in outcome.themes for item in theme.evidence
    ]
    assert len(found) == 4
    for number, item in enumerate(found, start=1):
        (figure,) = page.xpath(f"//figure[@id='d1-q{number}']")
        place = figure.xpath(".//a/@href")[0][1:]
        (mark,) = page.xpath(f"//mark[@id='{place}']")
        assert words(mark) == item.quote.strip()
        assert mark.getnext().get("href") == f"#d1-q{number}"


def test_a_tag_behind_a_passage_names_its_outcome_and_what_is_declined(one):
    tags = [words(tag) for tag in parsed(one).xpath("//a[contains(@class, 'tag')]")]
    assert tags == ["Inclusion", "Value", "declined: Inclusion", "Value"]


def test_every_character_of_the_text_is_shown_once(one):
    assert text_of(parsed(one)) == "".join(one.documents[0].document.text.split())


def test_the_summary_tells_what_is_missing_declined_hidden_and_unread(one):
    (summary,) = parsed(one).xpath("//section[@id='d1-summary']")
    for said in (
        "Score 27.5 of 100",
        "Depth 36.7 of 100",
        "Questions left open 3 of 5",
        "Declined 1 passage",
        "1 passage hidden, 1 passage copied or stuffed",
        "Not read 3 of 44 pages",
        "Which decisions can people see being made?",
    ):
        assert said in words(summary)


def test_the_chart_says_in_words_what_it_draws(one):
    rows = [words(row) for row in parsed(one).xpath("//table[contains(@class, 'chart')]/tbody/tr")]
    assert rows == ["Inclusion 50.0 covered 1 of 2 1", "Value 30.0 covered 1 of 2 2", "Democracy 0.0 gap 0 of 1 1"]


def test_no_drawing_is_read_aloud(everything):
    for report in everything:
        assert not parsed(report).xpath("//svg[not(@aria-hidden='true')]")


def test_the_score_is_shown_as_the_sums_that_made_it(one):
    (sums,) = parsed(one).xpath("//section[@id='d1-sums']")
    assert "(100 + 0) / 2 = 50.0" in words(sums)
    assert "(50.0 + 2 × 30.0 + 0.0) / 4 = 110.0 / 4 = 27.5" in words(sums)
    assert "(50.0 + 2 × 30.0) / 3 = 110.0 / 3 = 36.7" in words(sums)


def test_it_says_where_it_comes_from(one):
    (origin,) = parsed(one).xpath("//section[@id='d1-provenance']")
    for said in ("b" * 64, "5" * 64, "tiny 1", f"tenderkit {__version__}", "Value 2, the others 1", "application/pdf"):
        assert said in words(origin)


def test_one_outcome_is_shown_in_detail_and_the_others_in_the_chart_only(one):
    page = parsed(one, outcome="value")
    assert page.xpath("//section[contains(@class, 'outcome')]/@id") == ["d1-o2"]
    assert {tag.text for tag in page.xpath("//a[contains(@class, 'tag')]")} == {"Value"}
    assert len(page.xpath("//table[contains(@class, 'chart')]/tbody/tr")) == 3
    assert "Value only" in words(page.xpath("//section[@id='d1-provenance']")[0])
    assert "Who will be helped to learn" not in words(page)


def test_several_documents_begin_with_an_index_and_keep_their_ids_apart(one):
    page = parsed(Report(one.scheme, (*one.documents, *one.documents)))
    assert page.xpath("//table[@class='index']/tbody/tr/th/a/@href") == ["#d1", "#d2"]
    assert page.xpath("//article/@id") == ["d1", "d2"]
    assert text_of(page, "d1") == text_of(page, "d2")


def test_the_index_counts_what_each_document_covers_and_leaves_open(several):
    first, second = parsed(several).xpath("//table[@class='index']/tbody/tr")
    assert [words(cell) for cell in first] == ["1", "bid.pdf", "bid", "27.5", "36.7", "2", "1", "3", "3 of 44 pages"]
    assert [words(cell) for cell in second][1:] == ["pack/locked.pdf", "it is locked; save it without a password"]


def test_a_file_that_was_not_read_says_why_and_has_no_score(several):
    (article,) = parsed(several).xpath("//article[@id='d2']")
    assert "Not read: it is locked; save it without a password" in words(article)
    assert "of 100" not in words(article)


def test_a_gap_in_a_document_read_in_part_is_shown_with_a_warning(one):
    (section,) = parsed(one).xpath("//section[@id='d1-open']")
    assert "3 of 44 pages could not be read: an answer may stand there." in words(section)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_adds_no_element_and_no_attribute(make_hostile, text):
    calm, hostile = parsed(make_hostile("calm words", "calm")), parsed(make_hostile(text, text))
    assert shape(hostile) == shape(calm)


def shape(page):
    return [(element.tag, sorted(element.attrib)) for element in page.iter() if isinstance(element.tag, str)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is_wherever_it_stands(make_hostile, text):
    page = parsed(make_hostile(text, text))
    shown = " ".join(harmless(text).split())
    assert words(page.xpath("//h1")[0]) == shown
    assert shown in words(page.xpath("//*[@id='d1-body']/h3")[0])
    for place in ("d1-reading", "d1-integrity", "d1-declined", "d1-o1"):
        assert shown in words(page.xpath(f"//section[@id='{place}']")[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_or_direction_character_reaches_the_page(make_hostile, text):
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]",
                         render(make_hostile(text, text), Format.HTML))  # fmt: skip


def passages(*spans):
    """A one-line document with evidence at these (start, end, outcome, theme)."""
    builder = DocumentBuilder()
    builder.add(Kind.TABLE_ROW, "We will test.\tWe will save money and hand it over.")
    builder.add(Kind.LIST_ITEM, "We will leave.", level=1)
    document = builder.finish("bid.md", "text/markdown", "d" * 64)
    found = [
        Evidence(outcome, theme, document.text[start:end], None, (), start, end, Stance.COMMITMENT, Who.AUTHOR,
                 False, Level.STATED, 1.0, (Reason("term", document.text[start:end], "", start, end),))
        for start, end, outcome, theme in spans
    ]  # fmt: skip
    return document, found


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(0, 13, "inclusion", "skills")], ["We will test."]),
        (
            [(0, 13, "inclusion", "skills"), (0, 13, "value", "exit")],
            ["We will test."],
        ),
        (
            [(14, 50, "value", "savings"), (22, 32, "value", "exit")],
            ["We will ", "save money", " and hand it over."],
        ),
        ([(8, 33, "value", "savings")], ["test.", "We will save money "]),
        ([(33, 65, "value", "exit")], ["and hand it over.", "We will leave."]),
    ],
    ids=["one", "two alike", "one in another", "across cells", "across blocks"],
)
def test_passages_that_overlap_are_marked_once_and_can_all_be_reached(one, spans, marked):
    document, found = passages(*spans)
    page = parsed(Report(one.scheme, (DocumentReport(document, "bid", (), score(one.scheme, found)),)))
    assert [mark.text for mark in page.xpath("//*[@id='d1-body']//mark")] == marked
    assert text_of(page) == "".join(document.text.split())
    ids = set(page.xpath("//*[@id='d1-body']//@id"))
    assert {f"d1-t{start}" for start, *_ in spans} <= ids


def test_a_document_of_a_hundred_pages_stays_below_3_megabytes(one):
    template = one.documents[0].scorecard.outcomes[0].themes[0].evidence[0]
    builder = DocumentBuilder(pages=100, pages_read=100)
    for number in range(2500):
        builder.add(Kind.PARAGRAPH, f"{number} " + "We will test every release with disabled users by March 2027. " * 3)
    document = builder.finish("long.pdf", "application/pdf", "e" * 64)
    found = [
        replace(template, start=block.start, end=block.start + 66, quote=block.text[:66]) for block in document.blocks
    ]
    report = Report(one.scheme, (DocumentReport(document, "bid", (), score(one.scheme, found)),))
    assert len(render(report, Format.HTML).encode()) < 3_000_000
