"""`tenderkit check` goes by one vocabulary, whatever rules are asked: it tells roles, too."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tenderkit.resources import DEFAULT, cues_folder

# One rule that asks the words alone, and a pack that asks for an assessment beside it.
ASKED = ["TK301", "outcomes,TK301"]


@pytest.fixture
def moon(tmp_path, vocab):
    """A document that is a tender by its title, as the small vocabulary with cues of its own has it."""
    cues = Path(vocab) / "cues"
    shutil.copytree(cues_folder(DEFAULT), cues)
    roles, before = (cues / "roles.yml").read_text(encoding="utf-8"), "\ntender:\n  titles:\n"
    assert before in roles
    (cues / "roles.yml").write_text(roles.replace(before, f"{before}    - moonshot paper\n"), encoding="utf-8")
    file = tmp_path / "moon.md"
    file.write_text("# Moonshot paper\n\nThe term ends on [insert date].\n", encoding="utf-8")
    return file


def checked(result):
    (document,) = json.loads(result.out)["documents"]
    return document["role"], [found["code"] for found in document["findings"]]


@pytest.mark.parametrize("asked", ASKED)
def test_a_document_has_one_role_whatever_rules_are_asked(run, moon, vocab, asked):
    assert checked(run("check", moon, "--select", asked, "-f", "json"))[0] == "bid"
    assert checked(run("check", moon, "--select", asked, "--vocab", vocab, "-f", "json")) == ("tender", ["TK301"])


@pytest.mark.parametrize("asked", ASKED)
def test_the_settings_name_the_vocabulary_whatever_rules_are_asked(run, moon, tmp_path, asked):
    (tmp_path / "tenderkit.toml").write_text('vocab = "tiny"\n', encoding="utf-8")
    assert checked(run("check", moon, "--select", asked, "-f", "json")) == ("tender", ["TK301"])
    (tmp_path / "tenderkit.toml").write_text('timeout = 60\nvocab = "tinny"\n', encoding="utf-8")
    result = run("check", moon, "--select", asked)
    assert (result.code, result.err[:42]) == (2, "tenderkit.toml:2: No vocabulary 'tinny'. G")


@pytest.mark.parametrize("asked", ASKED)
def test_a_vocabulary_that_is_not_there_is_told_whatever_rules_are_asked(run, moon, monkeypatch, asked):
    result = run("check", moon, "--select", asked, "--vocab", "nowhere")
    assert (result.code, result.out, result.err[:33]) == (2, "", "tenderkit: No vocabulary 'nowhere")
    (moon.parent / "tenderkit.toml").write_text('vocab = "empty"\n', encoding="utf-8")
    (moon.parent / "empty").mkdir()
    monkeypatch.chdir(moon.parent)
    assert run("check", moon, "--select", asked, "--vocab", "empty").err.startswith(
        "tenderkit: 'empty' has no scheme.yml"
    )
    result = run("check", moon, "--select", asked)
    assert (result.code, result.err[:43]) == (2, "tenderkit.toml:1: 'empty' has no scheme.yml")


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_told_as_a_role_is_taken_whatever_rules_are_asked(run, moon, vocab, asked):
    result = run("check", moon, "--select", asked, "--vocab", vocab, "--as", "contract", "-f", "json")
    assert checked(result)[0] == "contract"


def test_rules_that_ask_the_words_alone_load_no_language(moon, vocab):
    """What reads the document is another process; the one that asks has nothing heavy to wait for."""
    code = f"import sys, tenderkit.cli\nargs = ['check', {str(moon)!r}, '--vocab', {vocab!r}, '--select', 'TK301']\n"
    code += "try: tenderkit.cli.main(args)\nexcept SystemExit: pass\n"
    code += "print(sorted({'spacy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert b"TK301" in done.stdout
    assert done.stdout.splitlines()[-1] == b"[]"
