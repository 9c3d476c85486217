"""What no term names may be heard, and then says why; what only names, asks, or is another's is not."""

from dataclasses import replace

import pytest

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.evidence import Level, Stance
from tenderkit.passage_model import PassageModel, load_model
from tenderkit.readings import Shown
from tenderkit.reports.quoting import reasons
from tenderkit.resources import model_folder
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

SCHEME = load_vocabulary()
ASSESSOR = Assessor(SCHEME)
OURS = load_model(SCHEME.folder)
ACCESS = ("inclusion", "accessibility")
PAINT = "The hall was painted green on Tuesday."


def told(text, heard=ACCESS, log_odds=9.0, *, role=Role.BID, heading="", does="practice", **head):
    """Return an assessor whose model says of one text what it does, and that it speaks of one theme."""
    names = OURS.head.names
    themes = [round(100 * log_odds) if theme == heard else -900 for theme in names.themes]
    outcomes = [round(100 * log_odds) if outcome == heard[0] else -900 for outcome in names.outcomes]
    stances = [900 * (stance == does) for stance in names.stances]
    shown = Shown(text, role.value if role else "", heading)
    model = PassageModel(
        model_folder(SCHEME.folder), replace(OURS.head, **head), {shown.digest: [*themes, *outcomes, *stances]}
    )
    return ASSESSOR.with_model(model)


def spoken(assessor, text, role=Role.BID, **given):
    card = assessor.assess(passage(text), role, **given).scorecard
    return {(o.id, t.id): t.evidence for o in card.outcomes for t in o.themes if t.evidence}


@pytest.mark.parametrize(
    ("text", "role", "theme"),
    [
        ("Small firms and young people in the borough gain work from it.", "contract", "local-firms-and-smes"),
        ("Everyone with access to live data is screened before they start.", "bid", "data-protection"),
        (
            "The Supplier must hand over every record on request, with its documentation, for another firm to go on.",
            "tender",
            "exit-and-lock-in",
        ),
    ],
)
def test_a_paraphrase_that_no_term_foresees_is_heard(text, role, theme):
    found = ASSESSOR.assess(passage(text), Role(role)).scorecard
    items = [item for o in found.outcomes for t in o.themes for item in t.evidence] + list(found.possible)
    [item] = [item for item in items if item.theme == theme]
    assert item.because[0].kind == "heard"
    assert reasons(item.because).startswith("speaks of it in other words")


def test_what_was_heard_scores_and_shows_its_numbers():
    [item] = spoken(told(PAINT), PAINT)[ACCESS]
    assert (item.stance, item.level, item.quote) == (Stance.PRACTICE, Level.STATED, PAINT)
    assert [(reason.kind, reason.says[:7]) for reason in item.because[:1]] == [("heard", "no term")]
    line, start = OURS.head.of_theme_heard, OURS.head.starts[ACCESS]
    assert [(part.kind, part.weight) for part in item.weighed] == [
        ("model", pytest.approx(line.start + start + 9 * line.model))
    ]


@pytest.mark.parametrize("log_odds", [-3.0, 0.0, 0.2])
def test_what_is_less_likely_than_not_is_nothing(log_odds):
    assessor = told(PAINT, log_odds=log_odds)
    card = assessor.assess(passage(PAINT), Role.BID).scorecard
    assert card.score == 0
    assert not card.possible


@pytest.mark.parametrize(
    "text", ["# Painted halls of the green town", "Green paint for halls.", "Was the hall painted?"]
)
def test_headings_fragments_and_questions_say_nothing(text):
    assert not spoken(told(text.lstrip("# ")), text)


def test_what_is_not_even_named_is_not_declined():
    text = "We do not paint the hall in any other colour."
    card = told(text, does="negated").assess(passage(text), Role.BID).scorecard
    assert not card.declined
    assert not [item for outcome in card.outcomes for theme in outcome.themes for item in theme.evidence]


def test_where_a_false_friend_stands_its_theme_is_not_heard():
    text = "The depot has accessible parking on every floor."
    assert ACCESS not in spoken(told(text), text)
    assert ("data", "open-data") in spoken(told(text, ("data", "open-data")), text)


def test_what_terms_name_weighs_against_what_is_only_heard():
    text, other = "We test every release with screen readers.", ("data", "open-data")
    [item] = spoken(told(text, other), text)[other]
    whole, named = item.weighed[-2:]
    assert (whole.kind, named.kind, named.text) == ("model", "beside", "what its terms name")
    assert whole.weight > 0 > named.weight


def test_what_a_term_names_is_not_heard_as_well():
    text = "We test every release with screen readers."
    [item] = spoken(told(text, log_odds=4.0), text)[ACCESS]
    assert item.because[0].kind == "term"


def test_words_of_the_tender_said_again_are_never_more_than_a_mention():
    asked = passage(f"{PAINT} The supplier must sweep the yard behind the hall every morning before eight.")
    [item] = spoken(told(PAINT), PAINT, tender=replace(asked, sha256="another"))[ACCESS]
    assert item.level is Level.MENTIONED
    assert item.because[-1].kind == "copied"


def test_a_passage_by_itself_speaks_of_an_outcome_that_no_term_names():
    sure, unsure, deaf = (
        told(PAINT, log_odds=log_odds, role=None, **head).predict(PAINT)
        for log_odds, head in ((9.0, {}), (2.0, {}), (9.0, {"of_outcome_heard": None}))
    )
    assert (sure.outcomes, sure.possible) == (("inclusion",), ())
    assert (unsure.outcomes, unsure.possible) == ((), ("inclusion",))
    assert (deaf.outcomes, deaf.possible) == ((), ())
