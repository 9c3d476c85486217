"""What is shown of a passage: the words that decided, and reasons that a person can follow."""

from hypothesis import given
from hypothesis import strategies as st

from tenderkit.evidence import Evidence, Level, Reason, Stance, Who
from tenderkit.reports.quoting import excerpt, reasons


def passage(text, *because, start=0):
    said = (Stance.COMMITMENT, Who.AUTHOR, False, Level.STATED, 1.0)
    return Evidence("a", "b", text, 1, (), start, start + len(text), *said, because)


def reason(kind, text, whole, says="", start=0):
    at = start + whole.index(text)
    return Reason(kind, text, says, at, at + len(text))


def test_the_same_reason_is_told_once():
    told = Reason("cue", "we will", "commitment", 0, 7)
    assert reasons([told, told]) == "“we will” (commitment)"


def test_no_space_stands_within_the_quotation_marks_of_a_reason():
    assert reasons([Reason("measure", "£1,486,000\u00a0", "quantity", 0, 11)]) == "“£1,486,000” (quantity)"
    assert reasons([Reason("term", " saving\n", "", 0, 8)]) == "“saving”"


def test_what_lies_within_another_term_or_was_named_before_is_left_out():
    said = "agile work in sprints, and Agile again"
    found = [reason("term", "agile work", said), reason("term", "agile", said), reason("near", "sprints", said)]
    again = Reason("term", "Agile Work", "", 99, 109)
    assert reasons([*found, again]) == "“agile work” near “sprints”"
    assert reasons([found[0], reason("near", "work", said)]) == "“agile work”"
    code = "code and API integrate"
    api, again, beside = (
        reason("term", "API", code),
        Reason("term", "api", "", 40, 43),
        reason("near", "integrate", code),
    )
    assert reasons([api, reason("term", "code", code), again, beside]) == "“API” near “integrate”, “code”"


def test_words_of_a_lead_in_and_a_heading_are_told_to_stand_elsewhere():
    lead_in = Reason("lead-in", "The supplier shall", "requirement", 0, 18)
    heading = Reason("heading", "What we did", "practice", 0, 11)
    told = "“The supplier shall” above it (requirement), “What we did” in the heading (practice)"
    assert reasons([lead_in, heading]) == told
    assert reasons([Reason("heading", "Security", "only a heading")]) == "Security (only a heading)"


def test_learned_signs_are_one_reason_without_numbers():
    signs = [
        Reason("sign", "list item of a tender", "aspiration +0.78"),
        Reason("sign", "in a tender", "aspiration +0.68"),
        Reason("sign", "hope", "aspiration +0.30", 4, 8),
    ]
    assert reasons(signs) == "reads like an aspiration: list item of a tender, “hope”"


def test_a_long_quote_is_cut_around_the_words_that_decided():
    text = f"{'Of many things this is one, ' * 12}and we will test the pages with disabled people before May 2027."
    found = [reason("term", "disabled people", text, start=50), reason("cue", "we will", text, "commitment", start=50)]
    shown = excerpt(passage(text, *found, start=50))
    assert shown.startswith("“… ")
    assert len(shown) <= 242
    assert "we will test the pages with disabled people" in shown


def test_a_quote_is_cut_at_its_end_alone_where_its_beginning_decided():
    text = f"Data quality matters {'and so on ' * 40} we will see."
    found = [reason("term", "Data quality", text), reason("cue", "we will", text, "commitment")]
    assert excerpt(passage(text, *found)).startswith("“Data quality matters")


@given(st.text(alphabet="ab \n", min_size=1, max_size=600), st.integers(0, 599), st.integers(1, 60))
def test_an_excerpt_is_never_long_and_holds_the_term(text, at, length):
    start = min(at, len(text) - 1)
    term = text[start : start + length]
    shown = excerpt(passage(text, Reason("term", term, "", start, start + len(term))))
    assert len(shown) <= 242
    assert " ".join(term.split()) in " ".join(shown.split())


def test_a_reason_that_stands_outside_the_passage_moves_nothing():
    text = "We will test. " * 40
    elsewhere = Reason("lead-in", "We will", "commitment", 900, 907)
    assert excerpt(passage(text, elsewhere, start=10)) == excerpt(passage(text))
