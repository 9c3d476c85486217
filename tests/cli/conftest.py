"""Runs the command line in this process, with a vocabulary small enough to load in no time."""

import io
import sys
from dataclasses import dataclass

import pytest

from tenderkit.cli import main

SCHEME = 'id: tiny\nprefLabel: A tiny vocabulary\nversion: "1"\nsource: https://example.org\n'
INCLUSION = """\
id: inclusion
prefLabel: Inclusion
definition: Everybody can use it.
source: https://example.org
themes:
  - id: accessibility
    prefLabel: Usable by disabled people
    asks: Who has tested it with assistive technology?
    terms: [screen reader, {phrase: accessible, near: [website], unless: [accessible parking]}]
    says: [We will test with a screen reader., The website is accessible.]
    silent: [The depot has accessible parking., The screen door opens.]
"""
VALUE = """\
id: value
prefLabel: Value
definition: Money is well spent.
source: https://example.org
themes:
  - id: savings
    prefLabel: Savings that arrive
    asks: What will be saved, and who will count it?
    terms: [{phrase: saving, unless: [daylight saving]}]
    says: [We will make savings.]
    silent: [Daylight saving begins.]
"""
BID = """\
# 1 Our offer

We will test every release with a screen reader by March 2027.

The depot has accessible parking.

Savings matter to the Council.
"""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def vocab(tmp_path):
    folder = tmp_path / "tiny"
    (folder / "outcomes").mkdir(parents=True)
    (folder / "scheme.yml").write_text(SCHEME)
    (folder / "outcomes" / "inclusion.yml").write_text(INCLUSION)
    (folder / "outcomes" / "value.yml").write_text(VALUE)
    return str(folder)


@pytest.fixture
def bid(tmp_path):
    file = tmp_path / "bid.md"
    file.write_text(BID)
    return str(file)


@pytest.fixture
def run(capsys, monkeypatch):
    """Run `tenderkit` with arguments and perhaps standard input; return exit code, output and errors."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(left.value.code or 0, out, err)

    return run
