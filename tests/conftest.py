"""Settings that all tests share, and office files made by hand, small enough to read."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import settings

from tenderkit import __version__

OOXML = "http://schemas.openxmlformats.org"
GOLDEN = Path(__file__).parent / "golden"

TINY = "id: tiny\nprefLabel: Tiny\nversion: '1'\nsource: https://example.org\n"
TINY_OUTCOME = """\
id: {id}
prefLabel: {id}
definition: Something.
source: https://example.org
themes:
  - id: only
    prefLabel: The only theme
    asks: What of it?
    terms: {terms}
    says: ["{says}"]
    silent: ["{silent}"]
"""

# No deadline: a slow machine is no broken law. Derandomised, so that a run is as good as the next one.
settings.register_profile("tenderkit", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("tenderkit")


_cache = None if "PYTEST_XDIST_WORKER" in os.environ else tempfile.TemporaryDirectory()


def pytest_configure():
    """Keep the tests, and every process that they start, away from the cache of whoever runs them; workers share it."""
    if _cache:
        os.environ["TENDERKIT_CACHE"] = _cache.name


def pytest_unconfigure():
    """Take the tests' own cache away."""
    if _cache:
        _cache.cleanup()


@pytest.fixture(scope="session")
def write_tiny():
    """Write a vocabulary of outcomes with one theme each: by id its terms, what it says and what stays silent."""

    def write_tiny(folder, outcomes):
        (folder / "outcomes").mkdir()
        (folder / "scheme.yml").write_text(TINY, encoding="utf-8")
        for name, parts in outcomes.items():
            text = TINY_OUTCOME.format(id=name, **parts)
            (folder / "outcomes" / f"{name}.yml").write_text(text, encoding="utf-8")

    return write_tiny


@pytest.fixture
def packed():
    """Make a ZIP archive of names and contents."""

    def packed(parts):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return packed


@pytest.fixture
def office(packed):
    """Make an Office file of its main part, the parts that it refers to in order (rId1, rId2, ...), and others."""

    def office(main, content, related=(), **parts):
        folder, _, name = main.rpartition("/")
        relation = '<Relationship Id="{}" Type="{}/officeDocument/2006/relationships/{}" Target="{}"/>'
        of_main = "".join(
            relation.format(f"rId{number}", OOXML, sort, target)
            for number, (sort, target) in enumerate(related, start=1)
        )
        space = f'xmlns="{OOXML}/package/2006/relationships"'
        return packed(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": f"<Relationships {space}>"
                f"{relation.format('rId1', OOXML, 'officeDocument', main)}</Relationships>",
                f"{folder}/_rels/{name}.rels": f"<Relationships {space}>{of_main}</Relationships>",
                main: content,
                **parts,
            }
        )

    return office


@pytest.fixture
def word(office):
    """Make a Word file of the XML inside its body, and of that inside its other parts where a test needs them."""
    microsoft = "http://schemas.microsoft.com/office/word/2010"
    spaces = " ".join(
        f'xmlns:{short}="{long}"'
        for short, long in {
            "w": f"{OOXML}/wordprocessingml/2006/main", "r": f"{OOXML}/officeDocument/2006/relationships",
            "m": f"{OOXML}/officeDocument/2006/math", "mc": f"{OOXML}/markup-compatibility/2006",
            "wp": f"{OOXML}/drawingml/2006/wordprocessingDrawing", "a": f"{OOXML}/drawingml/2006/main",
            "dgm": f"{OOXML}/drawingml/2006/diagram", "wps": f"{microsoft}/wordprocessingShape",
            "w14": f"{microsoft}/wordml", "v": "urn:schemas-microsoft-com:vml",
            "o": "urn:schemas-microsoft-com:office:office",
        }.items()
    )  # fmt: skip

    def word(body, *, background="", related=(), parts=None, **inside):
        roots = {
            "styles": "styles", "numbering": "numbering", "settings": "settings", "header": "hdr", "footer": "ftr",
            "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
        }  # fmt: skip
        own = [(name, f"{name}.xml") for name in inside]
        return office(
            "word/document.xml",
            f"<w:document {spaces}>{background}<w:body>{body}</w:body></w:document>",
            [*related, *own],
            **{
                f"word/{name}.xml": f"<w:{roots[name]} {spaces}>{content}</w:{roots[name]}>"
                for name, content in inside.items()
            },
            **(parts or {}),
        )

    return word


def pytest_terminal_summary(terminalreporter):
    """Say it when tests are left out that need a browser."""
    if terminalreporter.config.option.markexpr != "not browser":
        return
    left = sum("browser" in item.keywords for item in terminalreporter.stats.get("deselected", ()))
    if left:
        terminalreporter.write_line(
            f"{left} tests of HTML pages left out: they need Chromium; run them by pytest -m browser"
        )


def without_style(text):
    """Return a page without its style and script, which all pages share, and their hashes."""
    text = text.replace(f"tenderkit {__version__}", "tenderkit VERSION")
    for element in ("style", "script"):
        text = re.sub(rf"<{element}>.*?</{element}>", f"<{element}></{element}>", text, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", text)


@pytest.fixture
def golden():
    """Compare a text with its golden file; TENDERKIT_WRITE_GOLDENS=1 rewrites it, which CI refuses."""

    def check(name, text):
        file = GOLDEN / name
        text = re.sub(rf'"version": "{re.escape(__version__)}"', '"version": "VERSION"', text)
        if name.endswith(".html"):
            text = without_style(text)
        if os.environ.get("TENDERKIT_WRITE_GOLDENS") == "1":
            assert not os.environ.get("CI"), "CI does not rewrite golden files"
            file.write_bytes(text.encode())
        assert text == file.read_bytes().decode()

    return check
