"""Files made by hand, small enough to read."""

import zipfile
from io import BytesIO

import pytest

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OOXML = "http://schemas.openxmlformats.org"


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
def opendocument(packed):
    """Make an OpenDocument file of a body, its automatic styles, and the page styles of headers and footers."""

    def opendocument(body, *, styles="", master="", sort="text", **parts):
        spaces = " ".join(
            f'xmlns:{short}="{ODF}{long}:1.0"'
            for short, long in {
                "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
                "presentation": "presentation", "fo": "xsl-fo-compatible",
            }.items()
        )  # fmt: skip
        return packed(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{sort}",
                "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{styles}"
                f"</office:automatic-styles><office:body><office:{sort}>{body}</office:{sort}></office:body>"
                "</office:document-content>",
                "styles.xml": f"<office:document-styles {spaces}><office:styles>"
                '<style:style style:name="Heading_20_2" style:family="paragraph" style:default-outline-level="2"/>'
                '<style:style style:name="Title" style:family="paragraph"/>'
                f"</office:styles><office:master-styles>{master}</office:master-styles></office:document-styles>",
                **parts,
            }
        )

    return opendocument


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
def workbook(office):
    """Make an Excel file of sheets, each a name (with "hidden:" before it, perhaps) and the XML inside its sheet."""

    def workbook(sheets, *, shared="", styles="", **parts):
        space = f'xmlns="{OOXML}/spreadsheetml/2006/main" xmlns:r="{OOXML}/officeDocument/2006/relationships"'
        entries = "".join(
            f'<sheet name="{name.removeprefix("hidden:")}" sheetId="{number}" r:id="rId{number}"'
            + (" state='hidden'/>" if name.startswith("hidden:") else "/>")
            for number, name in enumerate(sheets, start=1)
        )
        return office(
            "xl/workbook.xml",
            f"<workbook {space}><sheets>{entries}</sheets></workbook>",
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)],
            **{
                f"xl/worksheets/sheet{number}.xml": f"<worksheet {space}>{inside}</worksheet>"
                for number, inside in enumerate(sheets.values(), start=1)
            },
            **{
                "xl/sharedStrings.xml": f"<sst {space}>{shared}</sst>",
                "xl/styles.xml": f"<styleSheet {space}>{styles}</styleSheet>",
            },
            **parts,
        )

    return workbook


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
