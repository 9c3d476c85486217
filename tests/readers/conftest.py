"""Files made by hand, small enough to read."""

import pytest

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OOXML = "http://schemas.openxmlformats.org"


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
