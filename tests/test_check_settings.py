"""The tables `[check]` and `[profiles]`: read strictly, and options win."""

import pytest

from tenderkit.check_settings import resolve_check
from tenderkit.checking import make_plan
from tenderkit.errors import MistakesError, UsageError
from tenderkit.severity import Severity

EVERYTHING = """\
[check]
select = ["template", "TK4"]
ignore = "TK305"
fail-on = "warning"
rules = ["our-rules"]
baseline = "known.yml"
inline = false
profile = "service"

[check.per-file-ignores]
"archive/*" = ["currency"]
"*.html" = "TK301"

[check.severity]
TK30 = "note"
TK306 = "error"

[profiles.service]
inclusion = "measured"
data = 2

[profiles.other]
value = "stated"
"""


@pytest.fixture
def resolve(tmp_path):
    def resolve(text, **options):
        (tmp_path / "tenderkit.toml").write_text(text, encoding="utf-8")
        outcomes = lambda: ["inclusion", "data", "value"]  # noqa: E731
        return resolve_check([str(tmp_path / "draft.md")], outcomes=outcomes, **options)

    return resolve


def mistakes(resolve, text):
    with pytest.raises(MistakesError) as caught:
        resolve(text)
    return list(caught.value.mistakes)


def test_every_key_is_read(resolve, tmp_path):
    found = resolve(EVERYTHING)
    assert (found.select, found.ignore) == (("template", "TK4"), ("TK305",))
    assert (found.fail_on, found.inline) == (Severity.WARNING, False)
    assert (found.rules, found.baseline) == ((str(tmp_path / "our-rules"),), tmp_path / "known.yml")
    assert found.profiles == {"service": {"inclusion": 3, "data": 2}}
    assert found.severity == {"TK30": Severity.NOTE, "TK306": Severity.ERROR}
    assert found.ignores_by_file == (("archive/*", ("currency",)), ("*.html", ("TK301",)))


def test_options_win(resolve, tmp_path):
    found = resolve(
        EVERYTHING,
        select=["TK401"],
        ignore=["TK302"],
        fail_on=Severity.ERROR,
        rules="more",
        baseline=tmp_path / "other.yml",
        profile=["other"],
    )
    assert (found.select, found.ignore, found.fail_on) == (("TK401",), ("TK302",), Severity.ERROR)
    assert (found.rules[-1], found.baseline.name, found.profiles) == ("more", "other.yml", {"other": {"value": 2}})


def test_without_a_file_everything_has_its_default(tmp_path):
    found = resolve_check([str(tmp_path / "draft.md")], working_folder=tmp_path)
    assert (found.select, found.fail_on, found.baseline, found.inline) == ((), Severity.NOTE, None, True)


def test_without_a_choice_every_profile_is_asked_for(resolve):
    assert list(resolve(EVERYTHING.replace('profile = "service"', "")).profiles) == ["service", "other"]


def test_every_mistake_is_told_at_once_with_its_line(resolve):
    told = mistakes(
        resolve,
        '[check]\nselct = []\nselect = [1]\nfail-on = "eror"\ninline = "no"\nprofile = "servce"\nper-file-ignores = 3\n'
        '[check.severity]\nTK301 = "grave"\n[profiles.service]\ninclusoin = 2\ndata = "stately"\nvalue = 9\n',
    )
    assert [line.partition(" Known")[0].partition(" Write")[0] for line in told] == [
        "tenderkit.toml:2: Unknown key 'selct' in [check]. Did you mean 'select'?",
        "tenderkit.toml:3: 'select' is no list of words.",
        "tenderkit.toml:4: No severity 'eror'. Did you mean 'error'?",
        "tenderkit.toml:5: 'inline' is neither true nor false.",
        "tenderkit.toml:6: There is no profile 'servce'. Did you mean 'service'?",
        "tenderkit.toml:7: 'per-file-ignores' is no table.",
        "tenderkit.toml:9: No severity 'grave'.",
        "tenderkit.toml:11: No outcome 'inclusoin'. Did you mean 'inclusion'?",
        "tenderkit.toml:12: No level 'stately'. Did you mean 'stated'?",
        "tenderkit.toml:13: No level '9'.",
    ]


@pytest.mark.parametrize("text", ["check = 3", "profiles = 3", "[profiles]\nservice = 3"])
def test_what_is_no_table_is_told(resolve, text):
    assert "Write [" in mistakes(resolve, text)[0]


def test_a_profile_of_an_option_must_be_there(resolve):
    with pytest.raises(UsageError, match=r"There is no profile 'servce'\. Did you mean 'service'"):
        resolve(EVERYTHING, profile=["servce"])


def test_settings_decide_which_rules_are_asked_and_how_grave_they_are(resolve):
    plan = make_plan(resolve(EVERYTHING.replace('rules = ["our-rules"]', "")))
    rules = {rule.code: rule for rule in plan.rules}
    assert {rule.pack for rule in plan.rules} == {"template", "currency"}
    assert "TK305" not in rules
    assert (rules["TK301"].severity, rules["TK306"].severity) == (Severity.NOTE, Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[check]\nignore = ["placeholdr-left"]',
            "tenderkit.toml:2: No rule or pack 'placeholdr-left'. Did you mean 'placeholder-left'?",
        ),
        ('[check.per-file-ignores]\n"a.md" = "tmplate"', "tenderkit.toml:2: No rule or pack 'tmplate'."),
        ('[check.severity]\n"TK9" = "note"', "tenderkit.toml:2: No rule or pack 'TK9'."),
    ],
)
def test_a_rule_that_does_not_exist_is_told_with_its_line(resolve, text, told):
    settings = resolve(text)
    with pytest.raises(MistakesError) as caught:
        make_plan(settings)
    assert str(caught.value).startswith(told)


def test_a_rule_that_an_option_names_is_a_usage_error(resolve):
    settings = resolve("[check]\nignore = []", select=["placeholdr-left"])
    with pytest.raises(UsageError, match="Did you mean 'placeholder-left'"):
        make_plan(settings)
