import math

import pytest

from tenderkit import settings
from tenderkit.document import View
from tenderkit.errors import MistakesError, UsageError
from tenderkit.roles import Role


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bids" / "lot-1").mkdir(parents=True)
    return tmp_path


def write(folder, text):
    (folder / "tenderkit.toml").write_text(text, encoding="utf-8")


def resolve(folder, **options):
    return settings.resolve([str(folder / "bids" / "lot-1" / "bid.pdf")], working_folder=folder, **options)


def mistakes(folder, **options):
    with pytest.raises(MistakesError) as caught:
        resolve(folder, **options)
    return list(caught.value.mistakes)


def test_without_a_file_everything_has_its_default(folder):
    found = resolve(folder)
    assert (found.scheme.id, found.weights, found.min_score, found.require, found.role) == (
        "lga-2022",
        {},
        None,
        (),
        None,
    )


def test_every_key_is_read(folder):
    write(folder, 'min-score = 50\nrequire = ["inclusion"]\nas = "bid"\n[weights]\ninclusion = 2\nvalue = 0.5\n')
    found = resolve(folder)
    assert found.weights == {"inclusion": 2.0, "value": 0.5}
    assert (found.min_score, found.require, found.role) == (50, ("inclusion",), Role.BID)


def test_the_file_nearest_above_the_document_is_taken(folder):
    write(folder, "min-score = 1")
    write(folder / "bids", "min-score = 2")
    assert resolve(folder).min_score == 2


def test_the_working_folder_serves_when_nothing_lies_above_the_document(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "min-score = 3")
    for path in (str(folder / "bid.pdf"), "-"):
        assert settings.resolve([path], working_folder=elsewhere).min_score == 3


def test_documents_under_different_files_are_refused(folder):
    write(folder, "min-score = 1")
    write(folder / "bids", "min-score = 2")
    with pytest.raises(UsageError, match="different"):
        settings.resolve([str(folder / "a.pdf"), str(folder / "bids" / "b.pdf")])


def test_a_file_beside_one_document_does_not_weigh_the_others(folder, tmp_path_factory):
    write(folder / "bids", "[weights]\ninclusion = 50")
    bids = [str(folder / "bids" / "b.pdf"), str(folder / "a.pdf")]
    with pytest.raises(UsageError, match="some under none"):
        settings.resolve(bids, working_folder=tmp_path_factory.mktemp("elsewhere"))
    assert settings.resolve(bids, working_folder=folder / "bids").weights == {"inclusion": 50}


def test_options_win_over_the_file(folder):
    write(folder, 'min-score = 50\nrequire = ["inclusion"]\nas = "bid"\n[weights]\ninclusion = 2\nvalue = 3\n')
    found = resolve(folder, weights=["inclusion=5"], min_score=0, require=["value"], role="tender")
    assert found.weights == {"inclusion": 5.0, "value": 3.0}
    assert (found.min_score, found.require, found.role) == (0, ("value",), Role.TENDER)


def test_the_view_of_tracked_changes_is_the_final_one_unless_file_or_option_say_otherwise(folder):
    assert resolve(folder).reading.tracked is View.FINAL
    write(folder, 'tracked = "original"')
    assert resolve(folder).reading.tracked is View.ORIGINAL
    assert resolve(folder, tracked=View.FINAL).reading.tracked is View.FINAL
    write(folder, 'tracked = "both"')
    assert mistakes(folder) == [
        'tenderkit.toml:1: \'tracked\' is no view of tracked changes. Write "final" or "original".'
    ]


def test_every_mistake_is_told_with_its_line(folder):
    write(
        folder,
        'min-score = 101\n\n# a comment\nrequire = ["inclusoin"]\nas = "novel"\nminscore = 3\nvocab = 5\n'
        '[weights]\n"inclusion" = -1\nvalue = "much"\nservices = nan\ndata.x = 1\nvalu = 1\n',
    )
    expected = [
        "tenderkit.toml:1: 'min-score' is no number from 0 to 100. Write one, such as 50.",
        "tenderkit.toml:4: No outcome 'inclusoin'. Did you mean 'inclusion'?",
        "tenderkit.toml:5: 'as' is no role. Write one of: bid, tender, contract, strategy, in quotes.",
        "tenderkit.toml:6: Unknown key 'minscore'. Did you mean 'min-score'?",
        "tenderkit.toml:7: 'vocab' is no text. Write the name or the folder of a vocabulary, in quotes.",
        "tenderkit.toml:9: The weight of 'inclusion' is no number from 0 to 1,000,000. Write one.",
        "tenderkit.toml:10: The weight of 'value' is no number from 0 to 1,000,000. Write one.",
        "tenderkit.toml:11: The weight of 'services' is no number from 0 to 1,000,000. Write one.",
        "tenderkit.toml:12: The weight of 'data' is no number from 0 to 1,000,000. Write one.",
        "tenderkit.toml:13: No outcome 'valu'. Did you mean 'value'?",
    ]
    told = mistakes(folder)
    assert [line[: len(start)] for line, start in zip(told, expected, strict=True)] == expected


@pytest.mark.parametrize("text", ["min-score = true", 'min-score = "5"', "min-score = nan", "min-score = inf"])
def test_a_minimum_is_a_number(folder, text):
    write(folder, text)
    assert mistakes(folder) == ["tenderkit.toml:1: 'min-score' is no number from 0 to 100. Write one, such as 50."]


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e300", "0", "-1", "1_000_001"])
def test_a_time_is_a_number_of_seconds_that_can_be_waited_for_in_the_file_and_as_an_option(folder, seconds):
    told = "no number of seconds above 0 and up to 1,000,000. Write one, such as 60."
    for ask in (resolve, lambda folder, **options: settings.resolve_reading(working_folder=folder, **options)):
        with pytest.raises(UsageError) as caught:
            ask(folder, timeout=float(seconds))
        assert str(caught.value) == f"--timeout {float(seconds):.15g} is {told}"
    write(folder, f"timeout = {seconds}")
    assert mistakes(folder) == [f"tenderkit.toml:1: 'timeout' is {told}"]
    write(folder, "timeout = 1_000_000")
    assert resolve(folder).reading.seconds == resolve(folder, timeout=1e6).reading.seconds == 1e6


@pytest.mark.parametrize("score", [-1, 101, math.nan, math.inf])
def test_a_minimum_that_is_typed_is_held_to_the_same(folder, score):
    with pytest.raises(UsageError, match=r"^--min-score \S+ is no number from 0 to 100. Write one, such as 50.$"):
        resolve(folder, min_score=score)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"min-score = 1\nmin-score = 2\n",
            "tenderkit.toml:2: Not valid TOML (Cannot overwrite a value). Correct this line.",
        ),
        (b"\n\nas = ", "tenderkit.toml:3: Not valid TOML (Invalid value). Correct this line."),
        (b"as = '\xff'", "tenderkit.toml:1: Not UTF-8 text. Save the file as UTF-8."),
        (b"vocab = 'nix'", "tenderkit.toml:1: No vocabulary 'nix'."),
        (b"weights = 3", "tenderkit.toml:1: 'weights' is no table."),
        (b"weights = {inclusoin = 3}", "tenderkit.toml:1: No outcome 'inclusoin'. Did you mean 'inclusion'?"),
    ],
)
def test_a_file_that_makes_no_sense_is_told_in_one_line(folder, data, told):
    (folder / "tenderkit.toml").write_bytes(data)
    (line,) = mistakes(folder)
    assert line.startswith(told)


def test_a_byte_order_mark_is_no_mistake(folder):
    (folder / "tenderkit.toml").write_bytes(b"\xef\xbb\xbfmin-score = 5\r\n")
    assert resolve(folder).min_score == 5


@pytest.mark.parametrize(
    "option",
    ["inclusion", "inclusion=", "inclusion=-1", "inclusion=nan", "inclusion=inf", "inclusion=1e308", "=1", "nix=1"],
)
def test_a_weight_that_is_none_is_refused(folder, option):
    with pytest.raises(UsageError):
        resolve(folder, weights=[option])


def test_weights_that_are_all_nothing_are_refused(folder):
    weights = [f"{outcome.id}=0" for outcome in resolve(folder).scheme.outcomes]
    with pytest.raises(UsageError, match="Every weight is 0"):
        resolve(folder, weights=weights)


@pytest.mark.parametrize("options", [{"require": ["nix"]}, {"role": "novel"}, {"vocab": "nix"}])
def test_an_option_that_names_nothing_is_refused(folder, options):
    with pytest.raises(UsageError):
        resolve(folder, **options)


def test_a_name_too_long_for_any_file_lies_under_none(folder):
    write(folder, "min-score = 40")
    assert settings.resolve([str(folder / ("a" * 300))], working_folder=folder).min_score == 40


@pytest.mark.parametrize(
    ("line", "told"), [('as = ["bid"]', "'as' is no role."), ("tracked = {a = 1}", "'tracked' is no view")]
)
def test_a_list_where_a_word_is_due_is_a_mistake_in_the_file(folder, line, told):
    write(folder, line)
    assert mistakes(folder)[0].startswith(f"tenderkit.toml:1: {told}")


def test_a_file_that_is_nested_too_deep_is_a_mistake_in_it(folder):
    write(folder, f"a = {'[' * 5000}")
    assert mistakes(folder) == [
        "tenderkit.toml:1: Nested too deep. Write lists and tables within each other a few levels deep."
    ]
