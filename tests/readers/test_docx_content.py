"""Word files: everything that a person sees in the body, each once and in its order."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from tenderkit.readers import read

PROMPT, PROMPT_TEXT = "<w:showingPlcHdr/>", "Click here"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inside, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside if inside.startswith('<') else run(inside)}</w:p>"


def control(inside, properties=""):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def table(*rows):
    cells = ("".join(f"<w:tc>{cell}</w:tc>" if cell.startswith("<w:p") else cell for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def outline(document):
    return [(block.kind.value, block.text) for block in document.blocks]


def drawing_box(content, fill=""):
    return (
        '<w:drawing><wp:anchor><wp:extent cx="2000000" cy="900000"/><wp:docPr id="1" name="Box"/><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def vml_box(content, style="width:100pt;height:50pt"):
    return (
        f'<w:pict><v:shape style="{style}"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict>"
    )


def field(code, result, before=""):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{before}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{mark.format("separate")}{result}'
        f"{mark.format('end')}"
    )


@pytest.mark.parametrize(
    "body",
    [
        control(par("We will test.")),
        par(control(run("We will test."))),
        table([f"<w:tc>{control(par('We will test.'))}</w:tc>"]),
        table([control(f"<w:tc>{par('We will test.')}</w:tc>")]),
        "<w:tbl>" + control(f"<w:tr><w:tc>{par('We will test.')}</w:tc></w:tr>") + "</w:tbl>",
        control(control(par(control(run("We will test."))))),
    ],
    ids=["block", "inline", "in a cell", "around a cell", "around a row", "nested"],
)
def test_content_controls_are_read_wherever_they_stand(word, body):
    assert read(word(body), "bid.docx").text == "We will test."


@pytest.mark.parametrize(
    "body",
    [
        control(par(PROMPT_TEXT), PROMPT),
        par(control(run(PROMPT_TEXT), PROMPT)),
        f"<w:tbl><w:tr>{control(f'<w:tc>{par(run(PROMPT_TEXT))}</w:tc>', PROMPT)}</w:tr></w:tbl>",
    ],
    ids=["block", "inline", "around a cell"],
)
def test_a_prompt_that_nobody_filled_in_is_no_content(word, body):
    assert read(word(body + par("We will test.")), "bid.docx").text == "We will test."


def test_a_drop_down_gives_what_was_chosen(word):
    choices = '<w:dropDownList><w:listItem w:displayText="No" w:value="0"/></w:dropDownList>'
    assert read(word(par(run("ISO 27001: ") + control(run("Yes, held"), choices))), "bid.docx").text == (
        "ISO 27001: Yes, held"
    )


@pytest.mark.parametrize(("state", "shown"), [("1", "☒"), ("0", "☐")])
def test_a_check_box_gives_its_state(word, state, shown):
    ticked = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    legacy = f'<w:ffData><w:checkBox><w:default w:val="{state}"/></w:checkBox></w:ffData>'
    body = par(control(sign, ticked) + run(" Yes")) + par(field("FORMCHECKBOX", "", legacy) + run(" Yes"))
    assert read(word(body), "bid.docx").text == f"{shown} Yes\n{shown} Yes"


def test_a_legacy_drop_down_gives_its_choice_once(word):
    entries = '<w:listEntry w:val="No"/><w:listEntry w:val="Yes"/>'
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert read(word(par(field("FORMDROPDOWN", run("Yes"), data))), "bid.docx").text == "Yes"


@pytest.mark.parametrize("make", [drawing_box, vml_box])
def test_a_text_box_follows_its_paragraph(word, make):
    body = par(run("Before.") + f"<w:r>{make(par('In the box.'))}</w:r>") + par("After.")
    assert read(word(body), "bid.docx").text == "Before.\nIn the box.\nAfter."


@pytest.mark.parametrize("wrap", ["{}", "<w:r>{}</w:r>"], ids=["in the paragraph", "in a run"])
def test_the_same_box_for_old_and_new_programs_is_read_once(word, wrap):
    runs = ("<w:r>", "</w:r>") if wrap == "{}" else ("", "")
    new, old = (f"{runs[0]}{make(par('Once.'))}{runs[1]}" for make in (drawing_box, vml_box))
    choices = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    both = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert read(word(par(wrap.format(both))), "bid.docx").text == "Once."


def test_smart_art_gives_its_words(word):
    point = '<dgm:pt type="{}"><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>'
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    space += 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    points = point.format("node", "We test.") + point.format("pres", "no") + point.format("node", "We learn.")
    data = word(
        par('<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="rId1"/></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"),
        related=[("diagramData", "diagrams/data1.xml")],
        parts={"word/diagrams/data1.xml": f"<dgm:dataModel {space}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"},
    )  # fmt: skip
    assert read(data, "bid.docx").text == "We test.\nWe learn."


def test_footnotes_follow_their_paragraph_or_row_and_endnotes_the_end(word):
    note = '<w:footnote w:id="{0}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Note {0}.</w:t></w:r></w:p></w:footnote>'
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    data = word(
        par(run("Body.") + refer.format(2) + '<w:r><w:endnoteReference w:id="4"/></w:r>')
        + table([par(run("Cell.") + refer.format(3)), par("Next.")])
        + par("Last."),
        footnotes='<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>' + note.format(2) + note.format(3),
        endnotes=note.replace("footnote ", "endnote ").replace("/w:footnote>", "/w:endnote>").format(4),
    )
    assert outline(read(data, "bid.docx")) == [
        ("paragraph", "Body."),
        ("footnote", "Note 2."),
        ("table row", "Cell.\tNext."),
        ("footnote", "Note 3."),
        ("paragraph", "Last."),
        ("footnote", "Note 4."),
    ]


def test_headers_and_footers_are_running_text_after_the_body(word):
    data = word(
        par("Body.")
        + '<w:sectPr><w:headerReference r:id="rId1" w:type="default"/><w:footerReference r:id="rId2" w:type="default"/>'
        '<w:headerReference r:id="rId1" w:type="first"/></w:sectPr>',
        header=par("Bid 42") + par(f"<w:r>{vml_box(par('In confidence'))}</w:r>"),
        footer=par(run("Page ") + field("PAGE", run("3"))),
    )
    assert outline(read(data, "bid.docx")) == [
        ("paragraph", "Body."),
        ("running", "Bid 42"),
        ("running", "In confidence"),
        ("running", "Page 3"),
    ]


def test_hyperlinks_give_their_text(word):
    body = par(f'<w:hyperlink r:id="rId9">{run("our plan")}</w:hyperlink>{run(" says so.")}')
    assert read(word(body), "bid.docx").text == "our plan says so."


@pytest.mark.parametrize(
    "body",
    [
        field("REF x", run("Annex A")),
        f'<w:fldSimple w:instr="REF x">{run("Annex A")}</w:fldSimple>',
        field(f"IF {field('MERGEFIELD y', run('no')).partition('x')[0]}", run("Annex A")),
    ],
    ids=["complex", "simple", "nested"],
)
def test_fields_give_their_result_and_not_their_code(word, body):
    assert read(word(par(body)), "bid.docx").text == "Annex A"


def test_a_field_that_never_ends_does_not_swallow_the_rest(word):
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    assert read(word(par(broken + run("Still here.")) + par("And here.")), "bid.docx").text == "Still here.\nAnd here."


def test_a_table_of_contents_and_an_index_are_contents(word):
    body = (
        control(par("1 Method 3"), "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>")
        + par(field("TOC \\o", run("2 Price 4")))
        + par(field("INDEX \\c", run("accessibility, 12")))
        + par("Body.")
    )
    kinds = [block.kind.value for block in read(word(body), "bid.docx").blocks]
    assert kinds == ["contents", "contents", "contents", "paragraph"]


def test_a_nested_table_is_read_row_by_row_in_its_place(word):
    inner = table([par("a"), par("b")], [par("c"), par("d")])
    data = word(table([f"<w:tc>{par('Before.')}{inner}{par('After.')}</w:tc>", par("Beside.")]))
    assert outline(read(data, "bid.docx")) == [
        ("paragraph", "Before."),
        ("table row", "a\tb"),
        ("table row", "c\td"),
        ("paragraph", "After."),
        ("paragraph", "Beside."),
    ]


def test_formulas_ruby_and_wrappers_give_their_text(word):
    body = par(
        "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
        f"<w:smartTag>{run(' in ')}</w:smartTag><w:bdi/><w:customXml>{run('York')}</w:customXml>"
        f"<w:r><w:noBreakHyphen/></w:r><w:ins>{run('shire')}</w:ins>"
    )
    assert read(word(body), "bid.docx").text == "a+b in York-shire"


def test_a_list_typed_with_line_breaks_is_a_list(word):
    body = par(run("We will:") + "<w:r><w:br/></w:r>" + run("- test") + "<w:r><w:br/></w:r>" + run("- learn"))
    assert outline(read(word(body), "bid.docx")) == [
        ("paragraph", "We will:"),
        ("list item", "test"),
        ("list item", "learn"),
    ]
    assert read(word(par(run("12 High Street") + "<w:r><w:br/></w:r>" + run("York"))), "bid.docx").text == (
        "12 High Street York"
    )


def test_a_large_first_letter_belongs_to_its_word(word):
    body = par("W", '<w:framePr w:dropCap="drop"/>') + par("e will test.") + par("We learn.")
    assert read(word(body), "bid.docx").text == "We will test.\nWe learn."


def test_pages_and_documents_that_are_only_pictures_are_unread(word):
    picture = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic></wp:inline>"
    picture += "</w:drawing></w:r>"
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    document = read(word(par(picture + run("A caption.")) + par(page + picture) + par(page + run("Text."))), "bid.docx")
    assert [(unread.page, unread.why[:10]) for unread in document.unread] == [(2, "image only")]
    assert (document.pages, document.pages_read) == (3, 2)
    assert read(word(par(run("Text that goes on ") + page + run("here.") + picture)), "bid.docx").unread == ()
    (unread,) = read(word(par(picture)), "bid.docx").unread
    assert "text recognition" in unread.why
    assert read(word(par(picture) + par("Text.")), "bid.docx").unread == ()


def test_embedded_files_are_named_as_unread_and_formulas_are_not(word):
    ole = '<w:r><w:object><o:OLEObject Type="Embed" ProgID="{}" r:id="{}"/></w:object></w:r>'
    data = word(
        par(run("See the prices.") + ole.format("Excel.Sheet.12", "rId1") + ole.format("Equation.3", "rId2")),
        related=[("package", "embeddings/prices.xlsx"), ("oleObject", "embeddings/oleObject1.bin")],
    )
    (unread,) = read(data, "bid.docx").unread
    assert unread.why.startswith("the file prices.xlsx embedded in it, made by Excel.Sheet.12; open the document")
    assert unread.page is None


def test_a_document_put_in_as_a_chunk_is_read_where_it_stands(word):
    page = b"<html><body><h1>Method</h1><p>We will test.</p></body></html>"
    for chunk in (page, word(par("Method", '<w:outlineLvl w:val="0"/>') + par("We will test."))):
        data = word(
            par("Before.") + '<w:altChunk r:id="rId1"/>' + par("After."),
            related=[("aFChunk", "chunk")],
            parts={"word/chunk": chunk},
        )
        assert outline(read(data, "bid.docx")) == [
            ("paragraph", "Before."),
            ("heading", "Method"),
            ("paragraph", "We will test."),
            ("paragraph", "After."),
        ]


@pytest.mark.parametrize("chunk", [b"", b"{\\rtf1}", b"%PDF-1.7"])
def test_a_chunk_that_cannot_be_read_is_told(word, chunk):
    data = word(par("Body.") + '<w:altChunk r:id="rId1"/>', related=[("aFChunk", "chunk")], parts={"word/chunk": chunk})
    (unread,) = read(data, "bid.docx").unread
    assert "altChunk" in unread.why


def test_chunks_in_chunks_have_an_end(word):
    data = word(par("Deep."))
    for _ in range(6):
        data = word(
            par("Level.") + '<w:altChunk r:id="rId1"/>', related=[("aFChunk", "chunk")], parts={"word/chunk": data}
        )
    document = read(data, "bid.docx")
    assert document.text == "\n".join(["Level."] * 4)
    assert len(document.unread) == 1


def test_the_strict_variety_of_the_format_is_read_alike(word):
    usual = word(par(f"<w:r>{drawing_box(par('In the box.'))}</w:r>") + par("Body."))
    with ZipFile(BytesIO(usual)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    pattern = r"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)"
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, re.sub(pattern, r"http://purl.oclc.org/ooxml/\1/\2", content))
    assert outline(read(stream.getvalue(), "bid.docx")) == outline(read(usual, "bid.docx"))
