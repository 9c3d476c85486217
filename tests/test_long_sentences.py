"""
What one very long sentence costs grows with its length, and not with the square of it.

Calls are counted, not seconds, so that it is the same on every machine; `tests/bench/speed.py` takes the time.
"""

import sys

import pytest

from tenderkit import stance_rules
from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.occurrences import Phrases
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

KINDS = {
    "without a mark": "we will test accessibility with screen readers and share open data with residents ",
    "commas": "we will test accessibility of 12 pages, ",
    "quotation marks": 'they say "we will make our data open to all" and it is not accessible ',
    "list markers": "(a) we will test accessibility, (b) we share no open data, 1) we train apprentices, ",
    "numbers": "12 apprentices by March 2027 and 99.9% uptime within 4 hours of section 4 in 2026, ",
    "denials": "we do not cut training, never share data without a test, and it is not ready, ",
    "names": "Kelder Council, Open Data Standard, ISO 27001, Fernby tests accessibility, ",
    "abbreviations": "we test accessibility e.g. Data shared no. 4 on open data approx. 12 ",
}
TIMES = 60
MOST = 2.4  # of the calls, where the sentence is twice as long


@pytest.fixture(scope="module")
def assess():
    assessor = Assessor(load_vocabulary()).with_model(None)
    return lambda text: assessor.assess(passage(text), Role.BID)


def calls(run, text):
    """Return how many functions, ours and Python's own, are called."""
    count = 0

    def tell(_, event, __):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tell)
    try:
        run(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_twice_as_long_takes_about_twice_the_calls(assess, kind):
    once, twice = KINDS[kind] * TIMES, KINDS[kind] * TIMES * 2
    assess(once)  # what is made when it is first asked for
    assert calls(assess, twice) <= MOST * calls(assess, once)


def test_a_quotation_is_looked_for_once_a_sentence(assess, monkeypatch):
    asked = []
    looked_for = stance_rules.quotation
    monkeypatch.setattr(stance_rules, "quotation", lambda sentence: asked.append(sentence) or looked_for(sentence))
    assess(KINDS["quotation marks"] * TIMES)
    assert len(asked) == 1


def test_company_and_false_friends_are_looked_for_once_a_sentence(assess, monkeypatch):
    asked = []
    find = Phrases.find
    monkeypatch.setattr(Phrases, "find", lambda self, inside: asked.append((self, inside)) or find(self, inside))
    assess(KINDS["without a mark"] * TIMES)
    assert len(asked) == len(set(asked)) > 0
