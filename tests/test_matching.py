"""Terms are found however they are spelled, in the company they ask for, and away from their false friends."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.matching import Matcher
from tenderkit.vocabulary import Outcome, Scheme, Term, Theme


def theme(*terms, name="theme", unless=()):
    made = tuple(
        term if isinstance(term, Term) else Term(phrases=(term,), where=f"f.yml:{i}") for i, term in enumerate(terms)
    )
    return Theme(name, name, "Who?", made, says=(), silent=(), unless=unless)


def outcome(*themes, name="outcome", unless=()):
    return Outcome(name, name, "Definition.", "source", themes, unless=unless)


def scheme(*outcomes, lists=None, unless=()):
    return Scheme("tiny", "Tiny", "1", "source", outcomes, lists or {}, unless, sha256="")


def matcher(*terms, **options):
    return Matcher(scheme(outcome(theme(*terms)), **options))


def document(*texts, kind=Kind.PARAGRAPH):
    builder = DocumentBuilder()
    for text in texts:
        builder.add(kind, text)
    return builder.finish("x.txt", "text/plain", "")


def found(matching, *texts):
    """Return the matched words, as the author wrote them."""
    read = document(*texts)
    return [read.text[match.start : match.end] for result in matching.find(read) for match in result.matches]


def refused(matching, *texts):
    return [rejection.why for result in matching.find(document(*texts)) for rejection in result.rejections]


# Spelling


@pytest.mark.parametrize(
    ("phrase", "written"),
    [
        ("screen reader", "screen reader"),
        ("screen reader", "Screen Readers"),
        ("screen reader", "SCREEN READER"),
        ("screen reader", "screen-reader"),
        ("screen reader", "screen‑reader"),
        ("screen reader", "screen\u00a0reader"),
        ("screen reader", "screen  reader"),
        ("screen reader", "ѕcreen reаder"),
        ("screen reader", "ｓｃｒｅｅｎ reader"),
        ("screen reader", "screen\u00ad reader"),
        ("screen reader", "scr\u00adeen reader"),
        ("user-centred", "user centred"),
        ("user-centred", "user-centered"),
        ("user-centred", "User-Centred"),
        ("e-mail", "email"),
        ("e-mail", "e-mails"),
        ("wi-fi", "WiFi"),
        ("wi-fi", "Wi-Fi"),
        ("digitise", "digitizing"),
        ("digitise", "digitised"),
        ("organisational change", "organizational changes"),
        ("first class", "ﬁrst class"),
        ("oﬃce move", "office move"),
        ("accessibility", "acces- sibility"),
        ("accessibility", "acces-\u00a0sibility"),
        ("council data", "council’s data"),
        ("council data", "council's data"),
        ("health and care", "health & care"),
        ("health & care", "health and care"),
        ("apprenticeship", "apprenticeships"),
        ("apprenticeships", "apprenticeship"),
        ("policy", "policies"),
        ("programme", "program"),
        ("café", "cafe"),
        ("iso 27001", "ISO 27001"),
        ("24/7 support", "24/7 support"),
        ("public services? network", "public network"),
        ("SRO", "SROs"),
        ("api", "APIs"),
    ],
)
def test_a_term_is_found_however_it_is_spelled(phrase, written):
    assert found(matcher(phrase), f"We promise {written} today.") == [" ".join(written.split())]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("screen reader", "The reader of the screen."),
        ("screen reader", "We paint the screen. Reader, look."),
        ("IT", "We did it."),
        ("RAG", "An old rag."),
        ("access", "They accede."),
        ("open data", "See www.example.org/open-data for more."),
        ("digital", "Write to digital@council.gov.uk today."),
        ("e-mail", "He will mail it, Mr E. Mailer."),
        ("accessibility", "acces- sible"),
        ("policy", "The police came."),
        ("new", "The news."),
        ("share data", "We share. Data is kept."),
    ],
)
def test_what_only_looks_like_a_term_is_not_one(phrase, text):
    assert not found(matcher(phrase), text)


def test_words_of_two_blocks_are_no_term():
    assert not found(matcher("open data"), "Doors stay open", "Data is kept.")


def test_offsets_point_into_the_source_however_much_was_tidied():
    text = "Our staﬀ’s “ﬁrst” e\u0301tude — see https://example.org/a — of  open\u00a0da\u00adta & more."
    assert found(matcher("open data"), "Before: ﬀﬀﬀ.", text) == ["open da\u00adta"]


# Gaps


@pytest.mark.parametrize(("between", "hit"), [(0, True), (1, True), (3, True), (4, False)])
def test_a_gap_holds_up_to_its_bound(between, hit):
    text = " ".join(["We share", *["very"] * between, "data."])
    assert bool(found(matcher("share <3> data"), text)) is hit


def test_a_gap_takes_the_nearest_end():
    assert found(matcher("share <5> data"), "We share data and data.") == ["share data"]


def test_a_gap_does_not_reach_into_the_next_sentence():
    assert not found(matcher("share <5> data"), "We share. Good data matters.")


@given(st.integers(1, 10), st.integers(0, 12), st.integers(0, 12))
@settings(deadline=None, max_examples=20)
def test_two_gaps_hold_up_to_their_bounds(most, one, two):
    text = " ".join(["open", *["so"] * one, "council", *["so"] * two, "data"])
    assert bool(found(matcher(f"open <{most}> council <2> data"), text)) == (one <= most and two <= 2)


# Company


def near(*words, phrase="accessible"):
    return Term(phrases=(phrase,), near=words, where="f.yml:1")


def test_a_term_that_asks_for_company_is_found_only_in_it():
    matching = matcher(near("website", "service"))
    assert found(matching, "An accessible website.") == ["accessible"]
    assert found(matching, "Our service is for all and is accessible.") == ["accessible"]
    assert not found(matching, "An accessible town hall.")
    assert refused(matching, "An accessible town hall.") == ["none of its company in the sentence: website, service"]


def test_company_in_another_sentence_does_not_count():
    assert not found(matcher(near("website")), "It is accessible. The website is blue.")


def test_a_term_is_not_its_own_company():
    matching = matcher(near("accessible"))
    assert not found(matching, "It is accessible.")
    assert found(matching, "It is accessible, very accessible.") == ["accessible", "accessible"]


def test_company_may_be_a_phrase_and_is_shown_where_it_stands():
    read = document("The web site of the town is accessible and the web site is fast.")
    [result] = matcher(near("web-site")).find(read)
    [match] = result.matches
    assert [read.text[a:b] for a, b in match.near] == ["web site"]
    assert match.near[0][0] > match.start  # the nearer one


# False friends


def test_a_false_friend_that_touches_the_term_vetoes_it_and_no_other():
    matching = matcher(Term(phrases=("accessible",), unless=("accessible parking",), where="f.yml:1"))
    assert not found(matching, "There is accessible parking.")
    assert refused(matching, "There is accessible parking.") == ["false friend: accessible parking"]
    assert found(matching, "There is accessible parking and an accessible website.") == ["accessible"]


def test_a_false_friend_of_other_words_vetoes_in_the_whole_sentence_and_not_beyond():
    matching = matcher(Term(phrases=("security",), unless=("guard",), where="f.yml:1"))
    assert not found(matching, "Security on the site is kept by two guards.")
    assert found(matching, "Security comes first. The guards are away.") == ["Security"]


def test_a_false_friend_may_hold_a_gap():
    matching = matcher(Term(phrases=("security",), unless=("security <2> tenure",), where="f.yml:1"))
    assert not found(matching, "Security of their tenure matters.")
    assert found(matching, "Security of all who have tenure matters.") == ["Security"]


@pytest.mark.parametrize("place", ["term", "theme", "outcome", "scheme"])
def test_false_friends_are_inherited_from_theme_outcome_and_scheme(place):
    def friends(at):
        return ("social security",) if place == at else ()

    term = Term(phrases=("security",), unless=friends("term"), where="f.yml:1")
    made = scheme(outcome(theme(term, unless=friends("theme")), unless=friends("outcome")), unless=friends("scheme"))
    assert not found(Matcher(made), "Social security is paid.")
    assert found(Matcher(made), "Security is paid for.") == ["Security"]


# The longest, and who shares


def test_the_longest_term_of_an_outcome_is_kept():
    assert found(matcher("data", "open data", "open data standard"), "An open data standard.") == ["open data standard"]


def test_terms_that_only_overlap_are_both_kept():
    assert found(matcher("open data", "data standard"), "An open data standard.") == ["open data", "data standard"]


def test_the_same_words_may_speak_to_two_outcomes_and_two_themes():
    made = scheme(
        outcome(theme("open data", name="one"), theme("open data", name="two"), name="first"),
        outcome(theme("data", name="three"), name="second"),
    )
    [result] = Matcher(made).find(document("We publish open data."))
    assert {(match.outcome.id, match.theme.id) for match in result.matches} == {
        ("first", "one"), ("first", "two"), ("second", "three"),
    }  # fmt: skip


def test_a_refused_longer_term_does_not_hide_a_shorter_one():
    longer = Term(phrases=("open data",), near=("portal",), where="f.yml:2")
    assert found(matcher("data", longer), "We have open data.") == ["data"]


def test_a_term_that_stands_twice_is_found_twice():
    assert found(matcher("open data"), "Open data is open data.") == ["Open data", "open data"]


# Patterns and lists


def test_a_token_pattern_is_found_at_its_words():
    pattern = ({"LOWER": "wcag"}, {"LIKE_NUM": True, "OP": "?"}, {"LOWER": {"IN": ["aa", "aaa"]}, "OP": "?"})
    matching = matcher(Term(phrases=(), patterns=(pattern,), where="f.yml:1"))
    assert found(matching, "We meet WCAG 2.2 AA today.") == ["WCAG 2.2 AA"]
    assert found(matching, "We meet WCAG.") == ["WCAG"]
    assert not found(matching, "We meet 2.2 AA.")


def test_a_pattern_that_begins_with_an_optional_word_is_found():
    pattern = ({"LOWER": "full", "OP": "?"}, {"LOWER": "fibre"})
    assert found(matcher(Term(phrases=(), patterns=(pattern,), where="f.yml:1")), "New fibre here.") == ["fibre"]


def test_a_list_stands_for_its_entries():
    matching = matcher("$who council", lists={"who": ("local people", "resident")})
    assert found(matching, "Residents' council and local people council.") == [
        "Residents' council",
        "local people council",
    ]


# Order


WORDS = ["open", "data", "share", "sharing", "council", "a", "the", "accessible", "parking", "website", "."]
TERMS = [
    "open data", "data", "share <2> data", "council data", "sharing",
    Term(phrases=("accessible",), near=("website",), unless=("accessible parking",), where="f.yml:9"),
]  # fmt: skip


TINY = matcher(*TERMS)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join), st.permutations(TERMS))
def test_the_order_of_the_terms_changes_nothing(text, terms):
    assert found(TINY, text) == found(matcher(*terms), text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), max_size=5), st.randoms())
def test_each_block_is_read_by_itself(texts, random):
    shuffled = random.sample(texts, len(texts))
    assert sorted(found(TINY, *texts)) == sorted(found(TINY, *shuffled))


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*WORDS, "da\u00adta", "ﬁ", "’s", "Open\u00a0data", "OPEN-DATA", "&"]), max_size=20).map(
        " ".join
    )
)
def test_every_match_lies_in_its_sentence(text):
    read = document(text)
    for result in TINY.find(read):
        assert result.matches or result.rejections
        for match in result.matches:
            assert result.sentence.start <= match.start < match.end <= result.sentence.end
            assert all(result.sentence.start <= a < b <= result.sentence.end for a, b in match.near)


def test_company_that_is_an_address_is_passed_over():
    term = Term(("records",), near=("data.example.gov.uk/x", "council"), where="x.yml:1")
    assert found(matcher(term), "Council records are open.") == ["records"]
    assert found(matcher(term), "Records are open.") == []


# What a paragraph only brushes


def two_outcomes(least_share):
    water = outcome(theme("well", "pump", "tap", "pipe"), name="water")
    school = outcome(theme("school", "teacher"), name="school")
    return Matcher(replace(scheme(water, school), least_share=least_share))


def outcomes_of(matching, *texts):
    return [match.outcome.id for result in matching.find(document(*texts)) for match in result.matches]


BRUSHED = "The well has a new pump. A tap stands beside the school."


def test_an_outcome_that_a_paragraph_only_brushes_does_not_count():
    matching = two_outcomes(0.5)
    assert outcomes_of(matching, BRUSHED) == ["water"] * 3
    assert refused(matching, BRUSHED) == ["only brushed: the paragraph has 3 different words for its foremost outcome"]


def test_without_a_share_every_outcome_counts():
    assert outcomes_of(two_outcomes(0.0), BRUSHED) == ["water"] * 3 + ["school"]


def test_what_is_brushed_in_one_paragraph_may_be_the_matter_of_the_next():
    assert outcomes_of(two_outcomes(0.5), BRUSHED, "The school reopened.") == ["water"] * 3 + ["school"]


def test_the_same_word_again_makes_nothing_foremost():
    assert outcomes_of(two_outcomes(0.5), "Pump, pumps and pump! The school has a pump.").count("school") == 1


def test_an_outcome_with_more_than_the_share_counts_beside_the_foremost():
    matching = two_outcomes(0.5)
    assert "school" in outcomes_of(matching, "The well, the pump and a tap. A teacher came to the school.")


# What nobody asks for


def test_a_sentence_of_refused_terms_alone_is_left_out_where_it_is_not_asked_for():
    matching = matcher(Term(phrases=("accessible",), near=("website",)), "screen reader")
    (tokens,) = matching.language.blocks(document("An accessible park. Accessible screen readers."))
    told, brief = ([*matching.find_in_block(tokens, refused=refused)] for refused in (True, False))
    assert [(len(each.matches), len(each.rejections)) for each in told] == [(0, 1), (1, 1)]
    assert brief == told[1:]
