"""README keeps its word: its commands run, and its worked example comes out as it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tenderkit import cli
from tenderkit.assess import Assessor
from tenderkit.readers import read
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`(tenderkit [^`]+)`", README)))
FILES = {
    "bid.pdf": "bid-strong.pdf",
    "draft.docx": "bid-thin.docx",
    "redraft.docx": "bid-thin-redraft.docx",
    "bid.md": "bid-stuffed.md",
    "tender.docx": "tender.docx",
    "contract.docx": "contract.docx",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, sample in FILES.items():
        shutil.copy(ROOT / "samples" / sample, tmp_path / name)
    for name in ("my-vocabulary", "FOLDER"):
        shutil.copytree(ROOT / "vocab" / "lga-2022", tmp_path / name)
    (tmp_path / "labels.jsonl").write_text('{"text": "We will test with screen readers.", "outcomes": ["inclusion"]}\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_readme_runs(command, folder, capsys):
    before = set(folder.iterdir())
    with pytest.raises(SystemExit) as ended:
        cli.main(shlex.split(command)[1:])
    written = capsys.readouterr()
    below = "--min-score" in command  # the stuffed sample falls short, as it should
    assert ended.value.code == (1 if below else 0), written.err
    assert written.out or set(folder.iterdir()) - before


def test_the_readme_names_a_command_for_everything_that_help_lists(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = re.findall(r"^  (\w+)  ", capsys.readouterr().out.partition("Commands:")[2], re.MULTILINE)
    assert listed
    for name in listed:
        assert f"tenderkit {name}" in README


def test_the_worked_example_comes_out_as_the_readme_says():
    said = re.search(r"A worked example\.\*\*(.*?)\n\n", README, re.DOTALL).group(1).replace("\n", " ")
    bid = "\n\n".join(f"{sentence}." for sentence in re.findall(r'"([^"]+)"', said))
    card = Assessor(load_vocabulary()).assess(read(bid.encode(), "bid.md"), Role.BID).scorecard
    inclusion = next(outcome for outcome in card.outcomes if outcome.id == "inclusion")
    levels = {theme.id: int(theme.level) for theme in inclusion.themes}
    assert levels == {
        "accessibility": 3,
        "skills": 1,
        "devices-and-affordability": 0,
        "assisted-digital": 2,
        "language-and-equality": 0,
    }
    assert (inclusion.score, inclusion.status.value) == (32, "partial")
    assert (round(card.score, 1), card.depth) == (2.7, 32)
    assert "= 32" in said
    assert "32 / 12 = 2.7" in said


def test_the_vocabulary_shown_in_the_readme_is_all_well(tmp_path, capsys):
    shown = re.search(r"```yaml\n# outcomes/libraries.yml\n(.*?)```", README, re.DOTALL).group(1)
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "outcomes" / "libraries.yml").write_text(shown, encoding="utf-8")
    scheme = "id: ours\nprefLabel: Ours\nversion: '1'\nsource: https://example.org\n"
    (tmp_path / "scheme.yml").write_text(scheme, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["vocab", "check", str(tmp_path)])
    assert (ended.value.code or 0, "all well" in capsys.readouterr().out) == (0, True)


def test_the_settings_shown_in_the_readme_are_valid(folder, capsys):
    (folder / "tenderkit.toml").write_text(re.search(r"```toml\n(.*?)```", README, re.DOTALL).group(1))
    with pytest.raises(SystemExit) as ended:
        cli.main(["score", "bid.pdf", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    weights = {outcome["id"]: outcome["weight"] for outcome in report["documents"][0]["outcomes"]}
    assert (ended.value.code, weights["security-and-resilience"], weights["data"]) == (0, 2.0, 1.0)
