"""PowerPoint: a slide is a page, its title a heading."""

from tenderkit.readers import read

OOXML = "http://schemas.openxmlformats.org"
SPACES = (
    f'xmlns:p="{OOXML}/presentationml/2006/main" xmlns:a="{OOXML}/drawingml/2006/main" '
    f'xmlns:r="{OOXML}/officeDocument/2006/relationships"'
)


def shape(text, sort="", name="Shape"):
    place = f'<p:ph type="{sort}"/>' if sort else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="{name}"/><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(*shapes, attributes=""):
    return f"<p:sld {SPACES} {attributes}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def show(office, *slides):
    entries = "".join(f'<p:sldId id="{256 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    return office(
        "ppt/presentation.xml",
        f"<p:presentation {SPACES}><p:sldIdLst>{entries}</p:sldIdLst></p:presentation>",
        [("slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)],
        **{f"ppt/slides/slide{number}.xml": content for number, content in enumerate(slides, start=1)},
    )


def test_titles_are_headings_and_outlines_lists(office):
    table = (
        "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>"
        + 2 * "<a:tc><a:txBody><a:p><a:r><a:t>Cell</a:t></a:r></a:p></a:txBody></a:tc>"
        + "</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    document = read(
        show(office, slide(shape("Our plan", "title"), shape("We test.", "body"), shape("7", "sldNum"), table)),
        "a.pptx",
    )
    assert [(block.kind.value, block.anchor.page, block.text) for block in document.blocks] == [
        ("heading", 1, "Our plan"),
        ("list item", 1, "We test."),
        ("table row", 1, "Cell\tCell"),
    ]
    assert (document.pages, document.pages_read) == (1, 1)


def test_a_slide_that_is_skipped_is_hidden_and_a_broken_one_unread(office):
    document = read(
        show(office, slide(shape("Seen", "title")), slide(shape("Keywords"), attributes='show="0"'), "broken"), "a.pptx"
    )
    assert document.text == "Seen"
    assert [(found.page, found.quote, found.how) for found in document.hidden] == [(2, "Keywords", "hidden slide")]
    assert [(unread.page, unread.why) for unread in document.unread] == [(3, "damaged slide")]


def test_a_document_on_a_slide_is_named_as_unread_and_the_numbers_of_a_chart_are_not(office):
    made = '<p:graphicFrame><p:oleObj progId="{}" r:id="{}"/></p:graphicFrame>'
    relation = f'<Relationship Id="{{}}" Type="{OOXML}/officeDocument/2006/relationships/{{}}" Target="{{}}"/>'
    data = office(
        "ppt/presentation.xml",
        f'<p:presentation {SPACES}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
        [("slide", "slides/slide1.xml")],
        **{
            "ppt/slides/slide1.xml": slide(
                shape("Seen", "title"), made.format("Word.Document.12", "rId1"), made.format("Equation.3", "rId2")
            ),
            "ppt/slides/_rels/slide1.xml.rels": "<Relationships>"
            + relation.format("rId1", "package", "../embeddings/plan.docx")
            + relation.format("rId2", "oleObject", "../embeddings/oleObject1.bin")
            + relation.format("rId3", "chart", "../charts/chart1.xml")
            + "</Relationships>",
            "ppt/charts/_rels/chart1.xml.rels": "<Relationships>"
            + relation.format("rId1", "package", "../embeddings/numbers.xlsx")
            + "</Relationships>",
        },
    )
    (unread,) = read(data, "a.pptx").unread
    assert unread.why.startswith("the file plan.docx embedded in it, made by Word.Document.12; open the document")
    assert unread.why.endswith("(slide 1)")
