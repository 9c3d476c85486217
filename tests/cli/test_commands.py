import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from typer.main import get_command

from tenderkit import __version__, cli
from tenderkit.cli import app


def commands(command, path=()):
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


ALL = [pytest.param(path, command, id=" ".join(path) or "tenderkit") for path, command in commands(get_command(app))]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_command_and_option_has_help_and_every_command_an_example_and_its_exit_codes(run, path, command):
    result = run(*path, "--help")
    assert result.code == 0
    for parameter in command.params:
        assert parameter.help, parameter.name
    if not hasattr(command, "commands"):
        assert f"Example: tenderkit {' '.join(path)}" in result.out
        assert "Exit codes: 0 " in result.out


@pytest.mark.parametrize(("path", "command"), ALL)
def test_the_list_of_commands_is_not_cut(run, path, command):
    if hasattr(command, "commands"):
        assert "..." not in run(*path, "--help").out.split("Commands:")[1]


def test_the_version_is_printed(run):
    assert run("--version").out == f"tenderkit {__version__}\n"


def test_text_prints_what_offsets_refer_to(run, bid):
    result = run("text", bid)
    assert result.out.startswith("1 Our offer\nWe will test every release")
    assert result.out.endswith("Council.")


def test_text_prints_blocks_with_where_they_stand(run, bid):
    assert run("text", bid, "--blocks").out.splitlines()[:2] == [
        "0-11\theading 1\t-\t-\t1 Our offer",
        "12-74\tparagraph\t-\t1 Our offer\tWe will test every release with a screen reader by March 2027.",
    ]


@pytest.mark.parametrize("command", [("text",), ("explain", "--outcome", "value")])
def test_a_file_that_is_not_there_gives_3_and_one_line(run, tmp_path, command):
    result = run(*command, tmp_path / "nix.pdf")
    assert (result.code, result.out) == (3, "")
    assert result.err == "tenderkit: nix.pdf: there is no such file; check the name\n"


def test_an_address_is_not_fetched_and_not_taken_for_a_file_of_that_name(run, bid, monkeypatch):
    monkeypatch.chdir(Path(bid).parent)
    result = run("score", "https://example.org/bid.md")
    assert result.code == 3
    assert result.err == (
        "tenderkit: https://example.org/bid.md: it is an address, and nothing is fetched; save what stands there, and "
        "name that file\n"
    )


def test_explain_tells_what_counted_and_what_was_refused(run, vocab, bid):
    result = run("explain", bid, "--outcome", "inclusion", "--vocab", vocab)
    assert result.code == 0
    assert "counted: Usable by disabled people: measured (commitment, measured)" in result.out
    assert "refused: Usable by disabled people: “accessible”: " in result.out
    assert result.out.endswith("2 sentences: 1 passage counted, 1 term refused.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("score", "bid.md"),
        ("report", "bid.md"),
        ("compare", "bid.md", "other.md"),
        ("diff", "bid.md", "other.md"),
        ("trace", "other.md", "bid.md"),
        ("ties", "bid.md"),
        ("explain", "bid.md", "--outcome", "value"),
        ("check", "bid.md"),
        ("check", "bid.md", "--select", "outcomes"),
        ("annotate", "draft.docx"),
        ("text", "bid.md"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("bid")
def test_every_command_says_once_which_settings_it_uses(run, vocab, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tenderkit.toml").write_text("timeout = 300\n")
    (tmp_path / "other.md").write_text("The supplier must make savings.")
    document = docx.Document()
    document.add_paragraph("We will make savings.")
    document.save(tmp_path / "draft.docx")
    chosen = () if words[0] == "text" else ("--vocab", vocab)
    assert run(*words, *chosen).err == f"tenderkit: settings from {tmp_path / 'tenderkit.toml'}\n"


def test_who_asks_for_one_line_a_document_is_not_told_of_settings(run, vocab, bid, tmp_path):
    (tmp_path / "tenderkit.toml").write_text("timeout = 300\n")
    assert run("score", bid, "--vocab", vocab, "--quiet").err == ""


@pytest.mark.parametrize("module", sorted(Path(cli.__file__).parent.glob("*.py")), ids=lambda module: module.stem)
def test_settings_are_resolved_in_one_place_which_says_so(module):
    asked = re.search(r"(?<!check_)\bsettings\.resolve|import .*\bsettings\b", module.read_text(encoding="utf-8"))
    assert (asked is not None) == (module.stem == "assessing")


NAMES_FILES = {"FILE", "FILE|CODE", "PATH", "BID", "[BID]...", "TENDER", "CONTRACT", "OLD", "NEW", "LABELS"}
RENEWED = ("--write-baseline", "--baseline")  # a baseline is read and written anew


def replacing():
    """Yield, for every option that writes a file, the command lines that name this file otherwise, too, as OURS."""
    for path, command in commands(get_command(app)):
        named = [parameter for parameter in command.params if parameter.metavar in NAMES_FILES]
        arguments = [parameter for parameter in named if parameter.param_type_name == "argument"]
        for option in ("--output", "--predictions", "--write-baseline"):
            for other in named if any(option in parameter.opts for parameter in command.params) else ():
                if other.opts[0] not in (option, "--output") and (option, other.opts[0]) != RENEWED:
                    words = ["OURS" if one is other else "BID" for one in arguments]
                    words += [] if other in arguments else [other.opts[0], "OURS"]
                    yield pytest.param((*path, *words), option, id=" ".join((*path, *words, option)))


@pytest.mark.parametrize(("words", "option"), [*replacing()])
def test_no_command_replaces_a_file_that_it_reads_or_writes_otherwise(run, bid, tmp_path, words, option):
    ours = tmp_path / "ours.md"
    ours.write_text("We will test.")
    result = run(*({"OURS": ours, "BID": bid}.get(word, word) for word in words), option, ours)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"tenderkit: {option} {ours} is ")
    assert result.err.endswith(" Choose another file.\n")
    assert ours.read_text() == "We will test."


def test_two_results_do_not_replace_each_other_though_neither_is_there_yet(run, bid, tmp_path):
    new = tmp_path / "new"
    result = run("evaluate", bid, "--predictions", new, "-o", tmp_path / "." / "new")
    assert (result.code, result.err) == (
        2, f"tenderkit: --output {new} is what --predictions names, too. Choose another file.\n",
    )  # fmt: skip


def test_a_file_without_a_name_of_its_own_may_be_named_twice(run, vocab, tmp_path):
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"text": "Savings."}\n')
    assert run("evaluate", labels, "--vocab", vocab, "--predictions", os.devnull, "-o", os.devnull).code == 0
    assert run("text", "-", "-o", "-", stdin=b"We will test.").out == "We will test."


TWICE = "tenderkit: '-' is asked for the tender and for a document, and can be read once only. Name a file for one.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "-", "--tender", "-"),
        ("score", "-", "--against", "-"),
        ("score", "bid.md", "--tender", "bid.md", "--against", "-", "-"),
        ("report", "-", "--against", "-", "-o", "-"),
        ("compare", "-", "bid.md", "--tender", "-"),
        ("diff", "-", "bid.md", "--tender", "-"),
        ("check", "-", "--tender", "-"),
        ("annotate", "-", "--tender", "-", "-o", "new.docx"),
        ("trace", "-", "-"),
    ],
    ids=" ".join,
)
def test_standard_input_is_no_tender_and_a_document_at_once(run, bid, monkeypatch, arguments):
    monkeypatch.chdir(Path(bid).parent)
    result = run(*arguments, stdin=b"We will test.")
    assert (result.code, result.out, result.err) == (2, "", TWICE)


def test_a_tender_from_standard_input_may_be_named_by_both_options(run, vocab, bid):
    options = ("--vocab", vocab, "--tender", "-", "--against", "-", "-q")
    result = run("score", bid, *options, stdin=b"The supplier must test with a screen reader.")
    assert (result.code, result.err) == (0, "")


def test_what_is_declined_is_called_so_by_explain_and_csv_and_keeps_its_name_in_json(run, vocab, tmp_path):
    file = tmp_path / "refusing.md"
    file.write_text("Our price excludes any test with a screen reader.\n")
    told = run("explain", file, "--outcome", "inclusion", "--vocab", vocab).out
    assert "counted: Usable by disabled people: declined, because: " in told
    tried = run("vocab", "try", "Our price excludes any test with a screen reader.", "--vocab", vocab).out
    assert "counted: Inclusion: Usable by disabled people: declined\n" in tried
    (row, _) = csv.DictReader(io.StringIO(run("score", file, "--vocab", vocab, "-f", "csv").out))
    assert (row["level_word"], row["stance"]) == ("declined", "declined")
    assert '"stance": "negated"' in run("score", file, "--vocab", vocab, "-f", "json").out


def test_vocab_list_and_show_tell_what_is_in_it(run, vocab):
    assert "  savings: Savings that arrive\n" in run("vocab", "list", "--vocab", vocab).out
    shown = run("vocab", "show", "inclusion", "--vocab", vocab).out
    assert "accessible [with: website] [never with: accessible parking]" in shown
    assert run("vocab", "show", "nix", "--vocab", vocab).code == 2


def test_vocab_check_runs_every_example(run, vocab):
    assert run("vocab", "check", vocab).out == "tiny: 2 outcomes, 2 themes, 6 examples: all well.\n"
    file = Path(vocab, "outcomes", "value.yml")
    file.write_text(
        file.read_text().replace("make savings", "cut cost").replace("Daylight saving begins", "We make no saving")
    )
    result = run("vocab", "check", vocab)
    assert result.code == 1
    not_found, found, *_, total, more = result.out.splitlines()
    assert not_found.startswith("outcomes/value.yml:10: Not found under 'savings': \"We will cut cost.\"")
    assert found.startswith("outcomes/value.yml:11: Found under 'savings' by 'saving': \"We make no saving.\"")
    assert (total, more) == ("2 of 6 examples fail.", "To look at: 1 dead term.")


def test_an_example_that_only_another_theme_finds_says_so(run, vocab):
    file = Path(vocab, "outcomes", "value.yml")
    text = file.read_text().replace("We will make savings.", "We will make savings., The budget is open.")
    theme = (
        text[text.index("  - id: savings") :]
        .replace("id: savings", "id: budget")
        .replace("[{phrase: saving, unless: [daylight saving]}]", "[budget]")
    )
    file.write_text(text + theme.replace("We will make savings., ", ""))
    result = run("vocab", "check", vocab)
    assert "Not found under 'savings', only under 'budget' by 'budget': \"The budget is open.\"" in result.out


def test_what_to_look_at_fails_a_check_only_when_it_is_strict(run, vocab):
    file = Path(vocab, "outcomes", "value.yml")
    file.write_text(file.read_text().replace("daylight saving]}]", "daylight saving]}, business case, benefit]"))
    result = run("vocab", "check", vocab)
    assert result.code == 0
    dead = "2 of 3 terms stand in no example ('value/savings'): 'business case', 'benefit'."
    assert result.out.startswith(f"outcomes/value.yml:9: dead term: {dead}")
    assert result.out.endswith("all well.\nTo look at: 2 dead terms.\n")
    assert run("vocab", "check", vocab, "--strict").code == 1
    assert run("vocab", "check", vocab, "--all").out.startswith(
        "outcomes/value.yml:9: dead term: 'business case': No example under 'says' has it."
    )


def test_vocab_try_shows_terms_with_their_places_and_refusals_with_their_reasons(run, vocab):
    out = run("vocab", "try", "We will test the accessible website with a screen reader.", "--vocab", vocab).out
    assert "counted: Inclusion: Usable by disabled people: stated (commitment)" in out
    assert "“screen reader” is 'screen reader' (outcomes/inclusion.yml:9)" in out
    assert "“accessible” beside “website” is 'accessible' (outcomes/inclusion.yml:9)" in out
    out = run("vocab", "try", "The depot has accessible parking.", "--vocab", vocab).out
    assert "refused: Inclusion: “accessible” is 'accessible'" in out
    assert "false friend: accessible parking" in " ".join(out.split())
    assert run("vocab", "try", "Lunch is at noon.", "--vocab", vocab).out == "No term stands there.\n"


def test_vocab_why_not_shows_what_came_nearest_and_what_it_lacks(run, vocab):
    out = run("vocab", "why-not", "inclusion", "A reader of the screen is used.", "--vocab", vocab).out
    assert out.startswith("No term of Inclusion stands there.\nNearest terms of Inclusion:\n")
    assert "has 'screen', 'reader', but not so near together, or not in this order" in " ".join(out.split())
    out = run("vocab", "why-not", "inclusion", "The screen is large.", "--vocab", vocab).out
    assert "has 'screen', lacks 'reader'" in " ".join(out.split())
    out = run("vocab", "why-not", "inclusion", "An accessible depot.", "--vocab", vocab).out
    assert "none of its company in the sentence: website" in " ".join(out.split())
    assert "It is found" in run("vocab", "why-not", "value", "A saving.", "--vocab", vocab).out
    assert run("vocab", "why-not", "nix", "A saving.", "--vocab", vocab).code == 2


def test_vocab_export_writes_skos_of_any_vocabulary(run, vocab, tmp_path):
    out = run("vocab", "export", "--format", "skos", "--vocab", vocab).out
    assert "<urn:tenderkit:tiny> a skos:ConceptScheme" in out
    assert 'skos:hiddenLabel "screen reader"@en' in out
    file = tmp_path / "tiny.ttl"
    assert run("vocab", "export", "--vocab", vocab, "--output", file).out == ""
    assert file.read_text(encoding="utf-8") == out
    assert run("vocab", "export", "--vocab", vocab, "--base", "no uri").code == 2


def test_vocab_export_without_rdflib_says_how_to_get_it(run, vocab, monkeypatch):
    monkeypatch.setitem(sys.modules, "rdflib", None)
    result = run("vocab", "export", "--vocab", vocab)
    assert (result.code, result.out) == (2, "")
    assert "pip install 'tenderkit[skos]'" in result.err


def test_evaluate_measures_and_writes_predictions(run, vocab, tmp_path):
    labels = tmp_path / "labels.jsonl"
    labels.write_text(
        '{"text": "We will test with a screen reader.", "outcomes": ["inclusion"]}\n{"text": "Savings."}\n'
    )
    result = run("evaluate", labels, "--vocab", vocab, "--format", "json", "--predictions", tmp_path / "said.jsonl")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text().splitlines()]
    assert [line["outcomes"] for line in said] == [["inclusion"], ["value"]]


def test_training_a_model_says_what_it_needs(run, vocab, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"text": "We will test with a screen reader.", "stance": "commitment"}\n', encoding="utf-8")
    result = run("vocab", "fit", vocab, "--model", "--labels", labels, "--date", "2026-11-27")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "pip install 'tenderkit[model]'" in result.err
    result = run("vocab", "fit", vocab, "--model", "--date", "2026-11-27")
    assert (result.code, "Give at least one file with --labels" in result.err) == (2, True)


def test_labels_with_mistakes_give_2_and_every_line(run, vocab, tmp_path):
    labels = tmp_path / "labels.jsonl"
    labels.write_text("{}\nnonsense\n")
    result = run("evaluate", labels, "--vocab", vocab)
    assert (result.code, result.err.count("\n")) == (2, 2)


def test_a_bug_of_ours_is_one_line_and_70(run, bid, monkeypatch):
    monkeypatch.setattr("tenderkit.settings.resolve", lambda *_, **__: 1 // 0)
    result = run("score", bid)
    assert (result.code, result.out, result.err.count("\n")) == (70, "", 1)
    assert "a bug of ours (ZeroDivisionError)" in result.err
    monkeypatch.setenv("TENDERKIT_DEBUG", "1")
    assert "Traceback" in run("score", bid).err


def test_an_interruption_gives_130_without_a_word(run, bid, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("tenderkit.settings.resolve", interrupt)
    result = run("score", bid)
    assert (result.code, result.out, result.err) == (130, "", "")


def start(*arguments, **options):
    command = [sys.executable, "-m", "tenderkit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


def test_bytes_are_utf_8_and_the_same_whatever_locale_folder_or_hash_seed(bid, vocab, tmp_path):
    def report(seed, locale, folder):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONIOENCODING": "ascii",
            "PYTHONUTF8": "0",
        }
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        return start("score", bid, "--vocab", vocab, env=environment, cwd=folder)

    one, other = report("1", "C", "/"), report("2", "C.UTF-8", tmp_path)
    assert one.returncode == 0
    assert "“We will test".encode() in one.stdout
    assert one.stdout == other.stdout


def test_help_imports_nothing_heavy():
    code = "import sys, tenderkit.cli\ntry: tenderkit.cli.main(['--help'])\nexcept SystemExit: pass\n"
    code += (
        "heavy = {'spacy', 'rich', 'yaml', 'numpy', 'pydantic', 'docx', 'pypdf', 'lxml', 'onnxruntime', 'tokenizers'}\n"
    )
    code += "print(sorted(heavy & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_a_reader_that_goes_away_is_no_error(bid, vocab):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tenderkit", "score", bid, "--vocab", vocab]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("command", [("text",), ("score", "--quiet"), ("explain", "--outcome", "value")])
def test_ocr_without_a_program_for_it_says_in_one_line_how_to_get_one(run, vocab, bid, monkeypatch, command):
    monkeypatch.setenv("PATH", vocab)  # a folder without programs
    chosen = () if command == ("text",) else ("--vocab", vocab)
    plain = run(*command, *chosen, bid)
    result = run(*command, *chosen, bid, "--ocr")
    assert (result.code, result.out) == (0, plain.out)
    (line,) = result.err.splitlines()
    assert line.startswith("tenderkit: --ocr needs tesseract or ocrmypdf, and neither is installed: 'apt-get install")


def test_explain_says_what_was_not_read(run, vocab, tmp_path):
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 700, "We will make savings.")
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(b"P5 1 1 255\n\xf0")), 0, 0, 500, 800)
    canvas.save()
    file = tmp_path / "bid.pdf"
    file.write_bytes(stream.getvalue())
    assert run("explain", "--vocab", vocab, "--outcome", "value", file).out.splitlines()[-2:] == [
        "Not read: page 2: image only, no text layer",
        "1 of 2 pages could not be read: an answer may stand there.",
    ]
