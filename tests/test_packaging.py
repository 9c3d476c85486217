"""What is shipped is what stands in the checkout: nothing is lost, nothing strays in."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the checkout, to know what belongs to it")


def tracked(*folders):
    """Return the project's own files: tracked by git and not deleted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *folders], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return {PurePosixPath(name) for name in listed if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build wheel and sdist without the network; the wheel is built from the sdist, which must hold enough for it."""
    out = tmp_path_factory.mktemp("dist")
    offline = {**os.environ, "PIP_NO_INDEX": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        env=offline, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(built):
    """Return the wheel's files by name."""
    [path] = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {PurePosixPath(name): archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(built):
    """Return the source distribution's files by name, without the folder around them."""
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        return {
            PurePosixPath(*PurePosixPath(member.name).parts[1:]): archive.extractfile(member).read()
            for member in archive.getmembers()
            if member.isfile()
        }


def place_in_wheel(name):
    return PurePosixPath("tenderkit", "_data", name) if name.parts[0] in {"vocab", "rules"} else name


def test_the_wheel_holds_every_file_of_package_vocabulary_and_rules_byte_for_byte(wheel):
    expected = {place_in_wheel(name): (ROOT / name).read_bytes() for name in tracked("tenderkit", "vocab", "rules")}
    shipped = {name: data for name, data in wheel.items() if not name.parts[0].endswith(".dist-info")}
    assert shipped.keys() == expected.keys()  # a file that git does not know is a stray: commit it or remove it
    assert [name for name in expected if shipped[name] != expected[name]] == []


@pytest.mark.parametrize(
    "name",
    [
        "tenderkit/py.typed",
        "tenderkit/reports/report.schema.json",
        "tenderkit/reports/templates/base.html.j2",
        "tenderkit/reports/templates/style.css",
        "tenderkit/_data/vocab/lga-2022/scheme.yml",
        "tenderkit/_data/vocab/sdg/scheme.yml",
        "tenderkit/_data/rules/currency/pack.yml",
        "tenderkit/reports/findings/findings.schema.json",
    ],
)
def test_the_wheel_holds_what_is_no_python(wheel, name):
    assert PurePosixPath(name) in wheel


def test_the_wheel_names_its_licence_and_its_command(wheel):
    info = {name: data.decode() for name, data in wheel.items() if name.parts[0].endswith(".dist-info")}
    meta = {name.name: text for name, text in info.items() if "model" not in name.parts}
    assert "License-Expression: MIT AND Apache-2.0" in meta["METADATA"]
    assert "tenderkit = tenderkit.cli:main" in meta["entry_points.txt"]
    assert "MIT License" in meta["LICENSE"]
    assert "all-MiniLM-L6-v2" in next(text for name, text in info.items() if name.parts[-2:] == ("model", "LICENSE"))


def test_the_source_distribution_holds_the_same_files(sdist):
    own = tracked(
        "tenderkit",
        "vocab",
        "rules",
        "samples",
        "tests",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        ".pre-commit-hooks.yaml",
        "action.yml",
    )
    made = {PurePosixPath("PKG-INFO"), PurePosixPath(".gitignore")}
    assert sdist.keys() - made == own
    assert [name for name in own if sdist[name] != (ROOT / name).read_bytes()] == []
