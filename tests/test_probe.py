"""A vocabulary of one's own hears its outcomes in what the language model that travels with tenderkit reads."""

import hashlib
import json
import re

import pytest

from tenderkit import cli
from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.errors import MistakesError, UsageError
from tenderkit.evaluation import evaluate_held_out
from tenderkit.fitting import fit_vocabulary
from tenderkit.labels import Passage, read_passages
from tenderkit.passage_model import NETWORK, load_model
from tenderkit.probe import FILE, Probe
from tenderkit.probe_fitting import fit_probe
from tenderkit.readings import Shown
from tenderkit.resources import DEFAULT, MODEL_HEAD
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

OUTCOMES = {
    "waste": {
        "terms": "[garbage]",
        "says": "Garbage is collected from every house each Monday.",
        "silent": "The garbage collector frees memory.",
    },
    "savings": {
        "terms": "[savings]",
        "says": "The council expects savings of two million pounds.",
        "silent": "He put his savings into a boat.",
    },
}
PLACES = ("Ashby", "Barton", "Corby", "Derby", "Epsom", "Frome")
WASTE = "Lorries take the garbage of each household in Leeds to the tip."
MEMORY = "Unreachable instances pile up as garbage in the interpreter until a cycle detector reclaims them."


def labels():
    """Six sources, in which garbage is once what households throw away and once unused memory."""
    told = (
        ("In {} lorries bring garbage to the landfill twice a week.", ["waste"]),
        ("Households of {} part their garbage into three bins.", ["waste"]),
        ("The runtime of the {} program marks garbage on the heap and frees the memory.", []),
        ("Allocated objects become garbage when no thread of {} points to them.", []),
        ("A new contract brings {} savings of a tenth each year.", ["savings"]),
        ("The mayor of {} opened a bridge.", []),
    )
    return [
        Passage(f"{place} {i}", text.format(place), tuple(outcomes), group=place)
        for place in PLACES
        for i, (text, outcomes) in enumerate(told)
    ]


def _lines():
    return "\n".join(
        json.dumps({"id": each.id, "text": each.text, "outcomes": each.outcomes, "group": each.group})
        for each in labels()
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory, write_tiny):
    """A vocabulary with weights and a probe."""
    folder = tmp_path_factory.mktemp("tiny")
    write_tiny(folder, OUTCOMES)
    scheme = load_vocabulary(str(folder))
    with pytest.raises(UsageError, match="has no weights that a probe could join"):
        fit_probe(scheme, labels(), date="2026-11-27", tell=print)
    text, _ = fit_vocabulary(scheme, labels(), date="2026-11-27")
    (folder / "weights.yml").write_text(text, encoding="utf-8")
    fit_probe(load_vocabulary(str(folder), weighed=False), labels(), date="2026-11-27", tell=print)
    return folder


def test_one_word_in_two_senses_is_told_apart(folder):
    assessor = Assessor(load_vocabulary(str(folder)))
    assert assessor.predict(WASTE).outcomes == ("waste",)
    assert assessor.predict(MEMORY).outcomes == ()
    without = assessor.with_model(None)
    assert without.predict(MEMORY).outcomes + without.predict(MEMORY).possible


def test_a_document_is_read_by_it_as_well_and_its_number_is_told(folder):
    assessor = Assessor(load_vocabulary(str(folder)))
    card = assessor.assess(
        passage(f"We take the garbage of every household to the tip.\n\n{MEMORY}"), Role.BID
    ).scorecard
    [evidence] = card.outcomes[1].themes[0].evidence
    assert "tip" in evidence.quote
    assert [part.weight > 0 for part in evidence.weighed if part.kind == "model"] == [True]


def test_it_knows_outcomes_and_stances_and_no_themes(folder):
    model = load_model(str(folder))
    reading = model.read(Shown(WASTE))
    assert (set(reading.outcomes), reading.themes) == ({"savings", "waste"}, {})
    assert reading.outcomes["waste"] > model.read(Shown(MEMORY)).outcomes["waste"]
    assert reading.stances == load_model(DEFAULT).read(Shown(WASTE)).stances


def test_what_it_said_before_it_learned_is_kept_for_evaluation(folder, tmp_path):
    model = load_model(str(folder))
    learned = Shown(labels()[0].text, "")
    assert model.held_out().read(learned).outcomes != model.read(learned).outcomes
    assert model.held_out().read(Shown(WASTE)) == model.read(Shown(WASTE))
    file = tmp_path / "labels.jsonl"
    file.write_text(_lines(), encoding="utf-8")
    scheme = load_vocabulary(str(folder))
    assert read_passages(file, scheme)
    assert evaluate_held_out(file, scheme).evidence.micro.f1.value > 0.7


def test_the_same_lessons_teach_the_same(folder):
    before = (folder / "model" / FILE).read_bytes(), (folder / "model" / MODEL_HEAD).read_text()
    fit_probe(load_vocabulary(str(folder), weighed=False), labels(), date="2026-11-27", tell=print)
    assert ((folder / "model" / FILE).read_bytes(), (folder / "model" / MODEL_HEAD).read_text()) == before
    head = load_model(str(folder)).head
    assert head.probe == hashlib.sha256(before[0]).hexdigest()


def test_the_command_says_how_far_it_is_and_how_right(folder, tmp_path, capsys):
    file = tmp_path / "labels.jsonl"
    file.write_text(_lines(), encoding="utf-8")
    command = ["vocab", "fit", str(folder), "--probe", "--labels", str(file), "--date", "2026-11-27"]
    with pytest.raises(SystemExit) as left:
        cli.main(command)
    out, err = capsys.readouterr()
    assert not left.value.code
    assert out.startswith("tiny: 2 outcomes learned from what the language model reads.\nWritten to ")
    assert "precision 1.000, recall" in out
    assert "round 6 of 6" in err
    assert "In a document a passage scores from 0.50" in out
    command.remove("--probe")
    with pytest.raises(SystemExit):
        cli.main(command)
    assert "Its probe was learned beside the weights before. Learn it again, with --probe." in capsys.readouterr().err


def test_too_few_sources_are_one_clear_line(folder):
    with pytest.raises(UsageError, match=r"4 sources or more\. Give files with --labels"):
        fit_probe(load_vocabulary(str(folder), weighed=False), labels()[:6], date="2026-11-27", tell=print)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda file: file.unlink(), "missing or damaged"),
        (lambda file: file.write_bytes(b"no probe"), "missing or damaged"),
        (lambda file: file.write_bytes(Probe.unpacked(file.read_bytes()).packed()), None),
        (lambda file: file.write_bytes(_shifted(file.read_bytes())), "another than it tells of"),
    ],
)
def test_a_probe_that_is_not_the_one_told_of_is_a_mistake(folder, spoil, says):
    file = folder / "model" / FILE
    whole = file.read_bytes()
    try:
        spoil(file)
        if says is None:
            assert load_model(str(folder))
        else:
            with pytest.raises(MistakesError, match=f"model/model.yml:1: .*{says}.*tenderkit vocab fit FOLDER --probe"):
                load_model(str(folder))
    finally:
        file.write_bytes(whole)


def _shifted(file):
    probe = Probe.unpacked(file)
    return Probe(probe.starts + 1, probe.weights).packed()


def test_a_vocabulary_with_a_network_of_its_own_needs_no_probe(folder):
    network = folder / "model" / NETWORK
    try:
        network.write_bytes(b"a network")
        with pytest.raises(UsageError, match="has a language model of its own"):
            fit_probe(load_vocabulary(str(folder), weighed=False), labels(), date="2026-11-27", tell=print)
        with pytest.raises(MistakesError, match="Remove one of the two"):
            load_model(str(folder))
    finally:
        network.unlink()


def test_a_probe_of_another_network_is_a_mistake(folder):
    head = folder / "model" / MODEL_HEAD
    whole = head.read_text(encoding="utf-8")
    try:
        head.write_text(re.sub(r'network: "\w', 'network: "x', whole), encoding="utf-8")
        with pytest.raises(MistakesError, match="learned from another network than the one that travels with"):
            load_model(str(folder))
    finally:
        head.write_text(whole, encoding="utf-8")
