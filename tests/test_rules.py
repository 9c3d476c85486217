"""Rules are read strictly: every mistake at once, each with file, line and what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.errors import MistakesError, UsageError
from tenderkit.rules import choose, load_rules, with_own

GOOD = """\
kind: phrase
severity: warning
message: “{found}” is an old word.
why: Nobody uses it.
instead: Say it in a new one.
source: tenderkit
phrases: [olden|oldest day|days, $ancient]
flags: [In olden days all was well., A relic of stone.]
passes: [In these days all is well.]
"""
PACK = "title: Ours\nlists:\n  ancient: [relic, fossil]\n"


@pytest.fixture
def write(tmp_path):
    """Write files into a pack named `ours` and return the folder around it."""

    def write(**files):
        pack = tmp_path / "ours"
        pack.mkdir(exist_ok=True)
        (pack / "pack.yml").write_text(PACK, encoding="utf-8")
        for name, text in files.items():
            (pack / f"{name.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
        return str(tmp_path)

    return write


def mistakes(folder):
    with pytest.raises(MistakesError) as caught:
        load_rules(folder)
    return caught.value.mistakes


def test_a_folder_of_packs_is_loaded_and_so_is_a_pack_by_itself(write):
    folder = write(XY001_old_word=GOOD)
    (rule,) = load_rules(folder)
    assert (rule.code, rule.name, rule.pack) == ("XY001", "old-word", "ours")
    assert load_rules(f"{folder}/ours")[0].code == "XY001"
    assert rule.message_for([("found", "{found}")]) == "“{found}” is an old word."


@pytest.mark.parametrize(
    ("line", "instead", "where", "complaint"),
    [
        ("kind: phrase", "kind: frase", 1, "No kind 'frase'. Did you mean 'phrase'?"),
        ("severity: warning", "severity: warn", 2, "No severity 'warn'. Did you mean 'warning'?"),
        ("message: “{found}” is", "message: “{fund}” is", 3, "names '{fund}'. Did you mean 'found'?"),
        ("why:", "whi:", 4, "Unknown key 'whi'. Did you mean 'why'?"),
        ("source: tenderkit", "source: a book", 6, "Not an address."),
        ("$ancient", "$anciend", 7, "The pack has no list 'anciend'. Did you mean 'ancient'?"),
        ("olden|oldest", "<3> olden", 7, "begins or ends with a gap"),
        ("passes: [In these days all is well.]", "passes: []", 9, "'passes' has no example."),
        ("instead: Say it in a new one.\n", "", 1, "'instead' is missing."),
        ("source: tenderkit", "source: tenderkit\napplies-to: [tendre]", 7, "No role 'tendre'. Did you mean 'tender'?"),
        ("source: tenderkit", "source: tenderkit\nexact-case: perhaps", 7, "Write true or false."),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line_and_the_nearest_name(write, line, instead, where, complaint):
    assert line in GOOD
    found = [told for told in mistakes(write(XY001_old_word=GOOD.replace(line, instead))) if complaint in told]
    assert [told.partition(": ")[0] for told in found] == [f"ours/XY001-old-word.yml:{where}"]


def test_all_mistakes_of_all_files_are_told_at_once(write):
    folder = write(
        XY001_old_word=GOOD.replace("kind: phrase", "kind: x").replace("why", "whi"),
        XY002_other=GOOD.replace("phrases: [olden|oldest day|days, $ancient]", "patterns: ['(']").replace(
            "kind: phrase", "kind: pattern"
        ),
        wrong_name=GOOD,
    )
    told = mistakes(folder)
    assert [line.split(":")[0] for line in told] == [
        "ours/XY001-old-word.yml", "ours/XY002-other.yml", "ours/wrong-name.yml",
    ]  # fmt: skip
    assert "Not a regular expression" in told[1]


def test_a_code_stands_for_one_rule(write):
    assert "XY001 is the code of ours/XY001-a.yml too" in mistakes(write(XY001_a=GOOD, XY001_b=GOOD))[0]


def test_a_code_of_ours_is_taken(write):
    with pytest.raises(UsageError, match="the code TK301, which is taken"):
        with_own(write(TK301_a=GOOD))


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_rules_is_a_usage_error(tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        load_rules(folder)


def test_rules_are_chosen_by_code_beginning_name_or_pack():
    rules = load_rules()
    assert {rule.pack for rule in choose(rules, ["currency"])} == {"currency"}
    assert [rule.code for rule in choose(rules, ["ojeu", "TK301"])] == ["TK301", "TK403"]
    assert choose(rules, ["TK30"], ["TK301,TK302", "TK303"])[0].code == "TK304"
    with pytest.raises(UsageError, match="Did you mean 'placeholder-left'"):
        choose(rules, ["placeholders-left"])


@given(st.text(alphabet="abck:{}[]\n -'\"$<>|?0", max_size=120))
def test_whatever_a_rule_file_holds_it_is_a_mistake_and_no_crash(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("rules") / "ours"
    folder.mkdir()
    (folder / "XY001-any.yml").write_text(GOOD + text, encoding="utf-8")
    told = ()
    try:
        load_rules(str(folder))
    except MistakesError as error:
        told = error.mistakes
    assert all(line.startswith("ours/XY001-any.yml:") for line in told)
