"""Every limit of reading has a file that passes it, and a message that says how to raise it."""

from __future__ import annotations

import ast
import zipfile
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tenderkit import readers
from tenderkit.readers.archive import parse_xml
from tenderkit.readers.limits import LIMITS, Limits, key_of

FLAT = (
    '<?xml version="1.0"?>{}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:body><office:text>{}</office:text></office:body></office:document>"
)


def zipped(**parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf(pages):
    stream = BytesIO()
    canvas = Canvas(stream)
    for number in range(pages):
        canvas.drawString(72, 700, f"We will test {number}.")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def flat(inside, declared=""):
    return FLAT.format(declared, inside).encode()


def opendocument(text):
    return zipped(
        **{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": flat(f"<text:p>{text}</text:p>")}
    )


def why(data, path, **limits):
    """Return why nothing of a file is read, or nothing."""
    found = list(readers.read_all(data, path, limits=Limits(**limits)))
    return "; ".join(each.why for each in found if isinstance(each, readers.Failure))


PASSED = {  # the limit: a file, its name, a value that it passes, and one that it does not
    "file_bytes": (b"We will test.", "bid.txt", 12, 13),
    "unpacked_bytes": (opendocument("We test. " * 99), "bid.odt", 900, 9_000),
    "xml_bytes": (opendocument("We test. " * 99), "bid.odt", 900, 9_000),
    "xml_depth": (flat("<text:section>" * 9 + "<text:p>We.</text:p>" + "</text:section>" * 9), "bid.fodt", 8, 20),
    "entries": (zipped(**{f"{number}.txt": "We test." for number in range(4)}), "pack.zip", 3, 4),
    "ratio": (zipped(**{"a.txt": "We test. " * 9_000}), "pack.zip", 2, 90),
    "nesting": (zipped(**{"b.zip": zipped(**{"c.zip": zipped(**{"a.txt": "We test."})})}), "a.zip", 2, 3),
    "pages": (pdf(3), "bid.pdf", 2, 3),
    "rows": (b"a,b\nc,d\ne,f\n", "prices.csv", 2, 3),
    "characters": (b"We will test.\n\nEvery week.", "bid.txt", 24, 26),
}
SOFT = {"page_objects", "quote", "memory_bytes"}  # tested below and in test_watch.py


def test_every_limit_has_its_test_and_its_default_in_one_place():
    assert {each.name for each in fields(Limits)} == PASSED.keys() | SOFT


@pytest.mark.parametrize("name", PASSED)
def test_a_file_that_passes_a_limit_is_refused_with_the_way_to_raise_it(name):
    data, path, less, enough = PASSED[name]
    told = why(data, path, **{name: less})
    assert f"the limit is {less:,}" in told
    assert f"raise '{key_of(name)}' in [limits] of tenderkit.toml" in told
    assert why(data, path, **{name: enough}) == ""


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"<html><body>" + b"<div>" * 300 + b"We will test.", "bid.html"),
        (b"<html><body>" + b"<table><tr><td>" * 100 + b"We will test.", "bid.html"),
        (("> " * 300 + "We will test.").encode(), "bid.md"),
    ],
    ids=["elements", "tables", "quotes"],
)
def test_a_page_that_is_nested_too_deep_is_refused_rather_than_cut_off(data, path):
    assert "'xml-depth'" in why(data, path)


def test_a_page_may_be_nested_as_deep_as_the_limit_says():
    page = b"<html><body>" + b"<ul><li>" * 120 + b"We will test." + b"</ul>" * 120
    assert why(page, "bid.html") == ""


BOMB = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE l [<!ENTITY c SYSTEM 'file:///etc/hostname'>]>"


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE], ids=["entities in entities", "an entity outside"])
def test_entities_are_refused_in_every_xml(declared, workbook):
    content = flat("<text:p>We &c; test.</text:p>", declared)
    for data, path in (
        (content, "a.fodt"),
        (zipped(**{"mimetype": "opendocument.text", "content.xml": content}), "a.odt"),
    ):
        assert "XML entities" in why(data, path)
    book = workbook({"A": "<sheetData><row><c t='str'><v>We &c; test.</v></c></row></sheetData>"})
    with zipfile.ZipFile(BytesIO(book)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = declared + parts["xl/worksheets/sheet1.xml"]
    for found in readers.read_all(zipped(**parts), "a.xlsx"):
        assert "haha" not in str(found)
        assert Path("/etc/hostname").read_text().strip() not in str(found)


def test_nothing_outside_is_fetched():
    assert parse_xml(b"<!DOCTYPE l SYSTEM 'http://localhost:9/l.dtd'><l>We test.</l>").text == "We test."


def test_only_two_modules_parse_xml_and_both_with_bounds():
    calls = {}
    for path in sorted(Path(readers.__file__).parent.parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
                if owner == "etree" and node.func.attr in {
                    "XMLParser",
                    "HTMLParser",
                    "iterparse",
                    "XML",
                    "HTML",
                    "parse",
                }:
                    said = {keyword.arg: getattr(keyword.value, "value", None) for keyword in node.keywords}
                    calls.setdefault(path.name, []).append(said)
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", "") or "", *(alias.name for alias in node.names)]
                assert not any(name.startswith(("xml.", "xmltodict", "defusedxml", "bs4")) for name in names), path
    assert sorted(calls) == ["archive.py", "html.py"]
    for said in (said for several in calls.values() for said in several):
        assert said["no_network"] is True
        assert said.get("resolve_entities", False) is False
        assert not said.get("load_dtd")


def test_a_pack_leads_nowhere_outside_itself():
    names = ("../../etc/a.txt", "/etc/b.txt", "C:\\bids\\c.txt", "d/../../e.txt", "\x1b[2Jf.txt")
    found = [part.path for part in readers.unpack(zipped(**dict.fromkeys(names, "We test.")), "pack.zip")]
    assert found == [
        "pack.zip/C:/bids/c.txt",
        "pack.zip/[2Jf.txt",
        "pack.zip/d/e.txt",
        "pack.zip/etc/a.txt",
        "pack.zip/etc/b.txt",
    ]


def test_a_link_in_a_pack_is_not_followed():
    entry = zipfile.ZipInfo("link.txt")
    entry.external_attr = 0o120777 << 16
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, "/etc/hostname")
    (document,) = readers.read_all(stream.getvalue(), "pack.zip")
    assert document.text == "/etc/hostname"


def test_a_size_that_a_pack_lies_about_is_not_believed():
    data = zipped(**{"a.txt": b"0" * 70_000})
    lying = data.replace((70_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (failure,) = readers.read_all(lying, "pack.zip")
    assert "damaged in its pack" in failure.why


def test_a_sheet_wider_than_any_program_knows_says_what_it_leaves_out():
    document = readers.read(b"a," * 16_384 + b"beyond", "a.csv")
    assert "beyond" not in document.text
    assert [unread.why for unread in document.unread] == ["columns beyond XFD, the last that Excel knows"]


def test_one_text_that_many_cells_refer_to_takes_no_memory_beyond_the_limit(workbook):
    row = "<row>" + '<c t="s"><v>0</v></c>' * 500 + "</row>"
    data = workbook({"A": f"<sheetData>{row * 50}</sheetData>"}, shared=f"<si><t>{'We test. ' * 3_000}</t></si>")
    assert len(data) < 10_000
    assert "'characters'" in why(data, "a.xlsx", characters=1_000_000)


@pytest.mark.parametrize(
    "text", ["We will test. " * 20_000, "test " * 50_000, "a" * 250_000], ids=["sentences", "words", "no"]
)
def test_a_paragraph_without_end_is_parted_so_that_no_step_holds_it_all(text):
    document = readers.read(text.encode(), "bid.txt")
    assert len(document.blocks) == 3
    assert all(document.text[block.start : block.end] == block.text for block in document.blocks)
    assert "".join(document.text.split()) == "".join(text.split())


def test_a_hidden_passage_is_shown_only_as_far_as_the_limit_says():
    page = b"<html><body><p>Open.</p><p hidden>" + b"screen reader " * 99
    (document,) = readers.read_all(page, "bid.html", limits=Limits(quote=13))
    assert [hidden.quote for hidden in document.hidden] == ["screen reader"]


def test_a_page_of_too_many_drawings_is_read_all_the_same():
    stream = BytesIO()
    canvas = Canvas(stream)
    for number in range(30):
        canvas.line(0, number, 9, number)
    canvas.drawString(72, 600, "Open.")
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine("screen reader")
    canvas.drawText(text)
    canvas.save()
    found = {most: readers.read(stream.getvalue(), "bid.pdf", limits=Limits(page_objects=most)) for most in (5, 500)}
    assert "Open." in found[5].text
    assert found[500].text == "Open."
    (note,) = found[5].notes
    assert "first 5 drawings of page 1" in note
    assert "raise 'page-objects' in [limits] of tenderkit.toml" in note
    assert not found[500].notes
    assert LIMITS.page_objects > 500
