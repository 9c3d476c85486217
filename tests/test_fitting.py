"""Learning: terms that are right gain, terms that mislead lose, and what is held out is never learned from."""

from pathlib import Path

import pytest

from tenderkit import cli
from tenderkit.assess import Assessor
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.evaluation import evaluate_file, evaluate_held_out
from tenderkit.evidence import Level
from tenderkit.fitting import fit, fit_vocabulary, split
from tenderkit.labels import Passage
from tenderkit.lessons import Observer
from tenderkit.matching import Matcher
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

PLACES = ("Ashby", "Barton", "Corby", "Derby", "Epsom", "Frome")


@pytest.fixture
def scheme(tmp_path, write_tiny):
    """A vocabulary with a term that is right ("screen reader") and one that misleads ("screen")."""
    outcomes = {
        "access": {
            "terms": "[screen reader, screen]",
            "says": "We test with a screen reader.",
            "silent": "A wide door.",
        },
        "safety": {"terms": "[backup]", "says": "A backup runs each night.", "silent": "He will back up the van."},
    }
    write_tiny(tmp_path, outcomes)
    return load_vocabulary(str(tmp_path))


def passages():
    """Six sources; in each, the screen of a cinema is no access, and a screen reader is."""
    for place in PLACES:
        yield Passage(
            f"{place} 1", f"Residents of {place} use a screen reader on every page.", ("access",), group=place
        )
        yield Passage(f"{place} 2", f"The cinema of {place} has a screen of nine metres.", (), group=place)
        yield Passage(f"{place} 3", f"A cinema in {place} put up a second screen.", (), group=place)
        yield Passage(f"{place} 4", f"The backup of {place} is restored each month.", ("safety",), group=place)
        yield Passage(f"{place} 5", f"The mayor of {place} opened a bridge.", (), group=place)


def lessons_of(scheme):
    observer = Observer(Matcher(scheme))
    return [*observer.passages(passages()), *observer.examples()]


def document_of(*paragraphs):
    builder = DocumentBuilder()
    for paragraph in paragraphs:
        builder.add(Kind.PARAGRAPH, paragraph)
    return builder.finish("bid", "text/plain", "")


def test_a_term_that_is_right_outweighs_one_that_misleads(scheme):
    learned = fit(scheme, lessons_of(scheme)).weights.outcomes["access"]
    assert learned.of_term("only/screen reader") > learned.of_term("only/screen")


def test_a_word_of_other_matters_speaks_against(scheme):
    words = fit(scheme, lessons_of(scheme)).weights.outcomes["access"].words
    assert words["cinema"] < 0 < words["page"]


@pytest.mark.usefixtures("scheme")
def test_a_word_may_speak_for_one_theme_of_an_outcome_and_against_another(tmp_path):
    file = tmp_path / "outcomes" / "access.yml"
    own = file.read_text(encoding="utf-8").replace("[screen reader, screen]", "[screen reader]")
    second = own[own.index("  - id:") :].replace("id: only", "id: other").replace("Only", "Other")
    file.write_text(own + second, encoding="utf-8")
    scheme = load_vocabulary(str(tmp_path))
    verdicts = [
        Passage(f"{place} {i}", text, None, group=place, accepts=(right,), rejects=(wrong,))
        for place in PLACES
        for i, (text, right, wrong) in enumerate(
            [
                ("Residents test it with a screen reader.", "access/only", "access/other"),
                ("Officers learn to use a screen reader.", "access/other", "access/only"),
            ]
        )
    ]
    learned = fit(scheme, list(Observer(Matcher(scheme)).passages(verdicts))).weights.outcomes["access"]
    assert learned.of_word("only", "test") > 0 > learned.of_word("other", "test")
    assert learned.of_word("other", "learn") > 0 > learned.of_word("only", "learn")


def test_a_word_of_fewer_than_three_sources_teaches_nothing(scheme):
    learned = fit(scheme, lessons_of(scheme)).weights
    assert not {place.lower() for place in PLACES} & {word for own in learned.outcomes.values() for word in own.words}


def test_a_source_is_held_out_whole_and_every_one_once(scheme):
    lessons = lessons_of(scheme)
    held_groups = []
    for training, held in split(lessons, 3):
        groups = {lesson.group for lesson in held}
        assert not groups & {lesson.group for lesson in training}
        held_groups += sorted(groups)
    assert sorted(held_groups) == sorted(PLACES)


def test_an_example_is_learned_from_and_never_counted_as_a_figure(scheme):
    examples = [lesson for lesson in lessons_of(scheme) if not lesson.passage]
    for training, held in split(lessons_of(scheme)):
        assert all(lesson.passage for lesson in held)
        assert sum(not lesson.passage for lesson in training) == len(examples)


def test_a_vocabulary_learns_from_its_examples_alone(scheme):
    weights = fit(scheme, list(Observer(Matcher(scheme)).examples())).weights
    assert set(weights.outcomes) == {"access", "safety"}
    assert weights.possible <= weights.evidence


def test_a_theme_that_readers_reject_loses_trust_and_moves_no_figure(scheme):
    before = fit(scheme, lessons_of(scheme))
    rejected = [
        Passage(f"r {i}", f"A screen stands in hall {i}.", group=place, rejects=("access/only",))
        for i, place in enumerate(PLACES)
    ]
    lessons = [*Observer(Matcher(scheme)).passages(rejected), *lessons_of(scheme)]
    after = fit(scheme, lessons)
    less, more = (
        learned.weights.outcomes["access"].total("only", ["only/screen"], 0, {"screen", "stands", "hall"}, length=5)
        for learned in (after, before)
    )
    assert less < more
    assert all(lesson.passage for _, held in split(lessons) for lesson in held)


def test_learning_again_gives_the_same_bytes(scheme):
    one, _ = fit_vocabulary(scheme, list(passages()), date="2026-11-26")
    other, _ = fit_vocabulary(scheme, list(passages()), date="2026-11-26")
    assert one == other
    assert 'fitted: "2026-11-26"' in one


def test_what_is_unsure_is_shown_to_be_checked_and_earns_nothing(scheme):
    weights = fit(scheme, lessons_of(scheme)).weights
    assessor = Assessor(scheme)
    learned = assessor.with_weights(weights)
    document = document_of("We will put up a screen in the cinema.")
    before, after = (judge.assess(document, Role.BID).scorecard for judge in (assessor, learned))
    assert before.outcomes[0].themes[0].level == Level.STATED
    assert after.outcomes[0].themes[0].level == Level.ABSENT
    assert after.score == 0
    sure = learned.assess(document_of("Residents will use a screen reader on every page."), Role.BID).scorecard
    assert sure.outcomes[0].themes[0].evidence[0].confidence >= weights.evidence


def test_the_named_numbers_add_up_to_the_confidence(scheme):
    weights = fit(scheme, lessons_of(scheme)).weights
    learned = Assessor(scheme).with_weights(weights)
    text = "Residents will use a screen reader on every page."
    evidence = learned.assess(document_of(text), Role.BID).scorecard.outcomes[0].themes[0].evidence[0]
    total = sum(part.weight for part in evidence.weighed)
    assert evidence.confidence == pytest.approx(1 / (1 + 2.718281828459045**-total))
    for part in evidence.weighed:
        assert part.start is None or text[part.start : part.end] == part.text


def test_held_out_figures_are_no_better_than_figures_on_what_was_learned(scheme, tmp_path):
    lines = [
        f'{{"id": "{p.id}", "text": "{p.text}", "outcomes": {list(p.outcomes)}, "group": "{p.group}"}}'.replace(
            "'", '"'
        )
        for p in passages()
    ]
    file = tmp_path / "labels.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    held = evaluate_held_out(file, scheme)
    assert held.held_out == len(PLACES)
    assert len(held.cases) == len(lines)
    text, _ = fit_vocabulary(scheme, list(passages()), date="2026-11-26")
    (tmp_path / "weights.yml").write_text(text, encoding="utf-8")
    known = evaluate_file(file, load_vocabulary(str(tmp_path)))
    assert known.both.micro.f1.value >= held.both.micro.f1.value > 0.9


def test_weights_that_are_broken_can_be_fitted_anew(scheme):
    weights = Path(scheme.folder) / "weights.yml"
    weights.write_text("bars: none\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["vocab", "fit", scheme.folder, "--date", "2026-11-26"])
    assert ended.value.code == 0
    assert load_vocabulary(scheme.folder).weights is not None


def test_a_long_sentence_is_less_sure_than_a_short_one_where_long_ones_mislead(scheme):
    padding = " and ".join(["the mill", "the road", "the weir", "the fair", "the hall", "the barn", "the pond"] * 3)
    long = [
        Passage(f"{place} l{i}", f"The screen, {padding}, number {i}, were painted in {place}.", (), group=place)
        for place in PLACES
        for i in range(3)
    ]
    lessons = [*Observer(Matcher(scheme)).passages(long), *lessons_of(scheme)]
    assert fit(scheme, lessons).weights.outcomes["access"].doubling < 0


def test_a_check_says_when_terms_have_changed_since_the_fit(scheme, capsys):
    folder = Path(scheme.folder)
    text, _ = fit_vocabulary(scheme, list(passages()), date="2026-11-26")
    (folder / "weights.yml").write_text(text, encoding="utf-8")

    def check():
        with pytest.raises(SystemExit):
            cli.main(["vocab", "check", str(folder)])
        return capsys.readouterr().out

    assert "weights.yml" not in check()
    outcome = folder / "outcomes" / "access.yml"
    outcome.write_text(outcome.read_text(encoding="utf-8").replace("screen]", "screen, magnifier]"), encoding="utf-8")
    assert (
        "weights.yml:1: The terms have changed since these weights were learned. Fit the vocabulary again." in check()
    )
