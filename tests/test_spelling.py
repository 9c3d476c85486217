"""Spellings become one, and every tidied character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.spelling import Inflections, bases, british, fold, plain

AWKWARD = "abzAZ09 \t.,;&-'’‘“”\u00ad\u200b\u00a0\u2009‐‑–—ﬁﬀﬃœ½…ａＺеаоée\u0301ß中🙂/@:www.uk"
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=AWKWARD),
    st.lists(
        st.sampled_from(
            [
                "https://a.uk/x",
                "me@b.co.uk",
                "council’s",
                "acces- sibility",
                "ﬁrst",
                "staﬀ",
                " & ",
                "e\u0301",
                "½",
                "\u00a0",
                "user-led",
            ]
        )
    ).map("".join),
)


@given(TEXTS)
def test_every_tidied_character_comes_from_a_rising_place_in_the_source(text):
    folded = fold(text)
    places = [folded.origin(i) for i in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(alphabet="abc XYZ.,;09"))
def test_plain_words_and_single_spaces_stay_as_they_are(text):
    text = " ".join(text.split(" ")) if "  " not in text else "a"
    assert fold(text).text == text


@given(TEXTS)
def test_a_character_that_was_left_alone_is_found_at_its_place(text):
    folded = fold(text)
    for i, character in enumerate(folded.text):
        if character.isascii() and character.isalnum() and text[folded.origin(i)].isascii():
            assert text[folded.origin(i)] in {character, "&"}  # "&" is read as "and"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﬁrst eﬀort, oﬃce", "first effort, office"),
        ("acces\u00adsibility", "accessibility"),
        ("open\u00a0data", "open data"),
        ("open \u2009 data", "open data"),
        ("ｃｙｂｅｒ", "cyber"),
        ("ѕесurіty", "security"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("the “best” one", 'the "best" one'),
        ("we don‘t", "we don't"),
        ("the council's data", "the council data"),
        ("the council’s data", "the council data"),
        ("councils’ data", "councils data"),
        ("user-centred", "user centred"),
        ("user‑centred", "user centred"),
        ("2026–27", "2026 27"),
        ("health & care", "health and care"),
        ("R&D", "R&D"),
        ("see www.example.org/accessibility now", "see  now"),
        ("see https://data.gov.uk/standards?x=1", "see "),
        ("write to digital@council.gov.uk", "write to "),
        ("We will test. Then we go.", "We will test. Then we go."),
    ],
)
def test_characters_are_tidied(written, read):
    assert fold(written).text == read


def test_a_word_broken_over_a_line_end_is_joined_only_where_the_vocabulary_knows_it():
    known = {"accessibility"}.__contains__
    assert fold("acces- sibility", known).text == "accessibility"
    assert fold("acces\u00ad sibility", known).text == "accessibility"
    assert fold("user- centred", known).text == "user centred"


@pytest.mark.parametrize("written", ["our staﬀ are ready", "“ﬁbre”", "council’s data", "health & care", "½ price"])
def test_the_last_word_is_found_where_it_stands_in_the_source(written):
    folded = fold(written)
    word = written.split()[-1].strip("“”")
    last = folded.origin(len(folded.text.rstrip('"')) - 1)
    assert written[: last + 1].endswith(word[-1])


@given(TEXTS)
def test_plain_text_needs_no_second_tidying(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("american", "british_spelling"),
    [
        ("organization", "organisation"), ("organizations", "organisations"), ("digitize", "digitise"),
        ("optimized", "optimised"), ("analyze", "analyse"), ("behavior", "behaviour"), ("behavioral", "behavioural"),
        ("labor", "labour"), ("neighborhood", "neighbourhood"), ("center", "centre"), ("centered", "centred"),
        ("fiber", "fibre"), ("catalog", "catalogue"), ("dialog", "dialogue"), ("defense", "defence"),
        ("program", "programme"), ("programs", "programmes"), ("fulfill", "fulfil"), ("enrollment", "enrolment"),
        ("modeling", "modelling"), ("traveled", "travelled"), ("license", "licence"), ("practise", "practice"),
        ("judgement", "judgment"),
    ],
)  # fmt: skip
def test_american_and_british_are_one_word(american, british_spelling):
    assert british(american) == british(british_spelling)


@pytest.mark.parametrize(
    "word", ["size", "prize", "seize", "capsize", "meter", "letter", "error", "color", "sensor", "program"]
)
def test_british_spelling_is_settled_in_one_step(word):
    assert british(british(word)) == british(word)


@pytest.mark.parametrize("word", ["size", "sized", "prize", "seize", "tailor", "vendor", "sensor", "after", "number"])
def test_words_that_only_look_american_stay(word):
    assert british(word) == word


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("policy", "policies"), ("plan", "planning"), ("plan", "planned"), ("share", "sharing"), ("share", "shared"),
        ("train", "training"), ("test", "tested"), ("test", "tests"), ("apprenticeship", "apprenticeships"),
        ("process", "processes"), ("class", "classes"), ("box", "boxes"), ("criterion", "criteria"),
        ("child", "children"), ("build", "built"), ("control", "controlled"), ("cancel", "cancelled"),
        ("enrol", "enrolling"), ("code", "coding"), ("reuse", "reused"), ("organisation", "organizations"),
        ("analysis", "analyses"), ("apply", "applied"), ("use", "using"), ("agree", "agreed"), ("free", "freed"),
    ],
)  # fmt: skip
def test_an_inflected_form_is_the_word_that_was_written(written, form):
    inflections = Inflections([written])
    assert inflections.norm(form) == inflections.norm(written)
    assert form in inflections


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("new", "news"), ("mean", "means"), ("build", "building"), ("hear", "hearing"), ("house", "housing"),
        ("be", "being"), ("bu", "bus"), ("thing", "th"), ("need", "ne"), ("access", "acces"),
        ("public", "publicity"), ("secure", "security"), ("universe", "university"), ("plan", "plane"), ("ring", "r"),
        ("car", "care"), ("rat", "rating"), ("pass", "passport"), ("hop", "hope"), ("busines", "business"),
    ],
)  # fmt: skip
def test_a_word_that_only_looks_inflected_is_another_word(written, other):
    inflections = Inflections([written])
    assert inflections.norm(other) != inflections.norm(written)


def test_two_forms_that_the_vocabulary_writes_are_one():
    inflections = Inflections(["share", "sharing", "shares"])
    assert {inflections.norm(word) for word in ("share", "sharing", "shares", "shared", "SHARED")} == {"share"}


def test_short_capitals_are_known_only_in_capitals():
    inflections = Inflections(["IT", "SRO"])
    assert inflections.norm("IT") == "IT"
    assert inflections.norm("it") == "it"
    assert inflections.norm("SROs") == "SRO"
    assert "it" not in inflections


def test_short_capitals_written_small_too_are_one_word():
    inflections = Inflections(["API", "api"])
    assert inflections.norm("API") == inflections.norm("api") == inflections.norm("APIs")


@given(st.lists(st.text(alphabet="abcdeginrstuyz", min_size=1, max_size=9), max_size=12), st.randoms())
def test_normal_forms_do_not_depend_on_the_order_of_the_words(words, random):
    shuffled = random.sample(words, len(words))
    one, other = Inflections(words), Inflections(shuffled)
    assert [one.norm(word) for word in words] == [other.norm(word) for word in words]


@given(st.lists(st.text(alphabet="abcdeginrstuyz", min_size=1, max_size=9), max_size=12))
def test_the_normal_form_of_a_normal_form_is_itself(words):
    inflections = Inflections(words)
    for word in words:
        assert inflections.norm(inflections.norm(word)) == inflections.norm(word)


@given(st.text(alphabet="abdeginrstuyz", min_size=1, max_size=12))
def test_a_base_is_never_empty_nor_the_word_itself(word):
    assert all(base and base != word for base in bases(word))
