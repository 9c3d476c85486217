"""Word files: text that nobody can see is found and kept out, and text that somebody can see is left alone."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from tenderkit.readers import read

UNSEEN = "We promise everything."
WHITE = '<w:color w:val="FFFFFF"/>'
NAVY = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
COLOUR, TINY, NO_SIZE = "text in the colour behind it", "text under 2 pt", "in a box of no size"
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:accent1><a:srgbClr val="1F3864"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
)


def par(text=UNSEEN, run="", paragraph=""):
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def box(content, *, size="2000000", fill="", more="", at=("column", "0"), anchor=""):
    horizontal, offset = at
    return (
        f'<w:p><w:r><w:drawing><wp:anchor {anchor}><wp:positionH relativeFrom="{horizontal}"><wp:posOffset>{offset}'
        f'</wp:posOffset></wp:positionH><wp:extent cx="{size}" cy="900000"/><wp:docPr id="1" name="Box" {more}/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{content}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def vml(content, style="width:100pt;height:50pt", more=""):
    return (
        f'<w:p><w:r><w:pict><v:shape style="{style}" {more}><v:textbox><w:txbxContent>{content}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def solid(colour):
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def picture(behind, wrap="wrapNone"):
    return (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="{behind}"><wp:extent cx="7000000" cy="9000000"/><wp:{wrap}/>'
        "<a:graphic><a:graphicData><a:blip/></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def cell(text=UNSEEN, run="", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{par(text, run)}</w:tc>"


def table(*rows, properties="", row=""):
    filled = "".join(f"<w:tr><w:trPr>{row}</w:trPr>{each}</w:tr>" for each in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{filled}</w:tbl>"


def style(sort, key, inside):
    return f'<w:style w:type="{sort}" w:styleId="{key}"><w:name w:val="{key}"/>{inside}</w:style>'


HIDDEN = {
    "vanish": (par(run="<w:vanish/>"), "Word hidden text"),
    "white": (par(run=WHITE), COLOUR),
    "nearly white": (par(run='<w:color w:val="FDFDFD"/>'), COLOUR),
    "white by the theme, whatever the plain value says": (
        par(run='<w:color w:val="000000" w:themeColor="background1"/>'),
        COLOUR,
    ),
    "the colour of its shading": (par(run=f'<w:color w:val="1F3864"/>{NAVY}'), COLOUR),
    "the colour of its highlight": (par(run='<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'), COLOUR),
    "white with a highlight taken away": (par(run=f'{WHITE}<w:highlight w:val="none"/>'), COLOUR),
    "the colour of its paragraph": (par(run='<w:color w:val="1F3864"/>', paragraph=NAVY), COLOUR),
    "the colour of its cell": (table(cell(run='<w:color w:val="1F3864"/>', properties=NAVY)), COLOUR),
    "white in a cell without colour": (table(cell(run=WHITE)), COLOUR),
    "tiny": (par(run='<w:sz w:val="2"/>'), TINY),
    "transparent": (par(run="<w14:textFill><w14:noFill/></w14:textFill>"), "transparent text"),
    "narrow": (par(run='<w:w w:val="1"/>'), "letters too narrow to read"),
    "cut off": (par(paragraph='<w:spacing w:line="2" w:lineRule="exact"/>'), "lines of no height"),
    "a box without width": (box(par(), size="0"), NO_SIZE),
    "an old box without height": (vml(par(), "width:100pt;height:0"), NO_SIZE),
    "an old box that is not shown": (vml(par(), "width:100pt;height:50pt;visibility:hidden"), "in a hidden shape"),
    "a box that is not shown": (box(par(), more='hidden="1"'), "in a hidden shape"),
    "a box off the page": (box(par(), at=("page", "-9000000")), "off the page"),
    "white beside a picture": (picture(1, "wrapSquare") + par(run=WHITE), COLOUR),
    "white in a white box": (box(par(run=WHITE), fill=solid("FFFFFF")), COLOUR),
    "white in an old box": (vml(par(run=WHITE)), COLOUR),
    "a hidden row": (table(cell(), row="<w:hidden/>"), "in a hidden table row"),
    "a row of no height": (table(cell(), row='<w:trHeight w:val="1" w:hRule="exact"/>'), "in a table row of no height"),
}


@pytest.mark.parametrize(("body", "how"), HIDDEN.values(), ids=HIDDEN)
def test_text_that_nobody_can_see_is_told_and_kept_out(word, body, how):
    document = read(word(par("Plain to see.") + body), "bid.docx")
    assert document.text == "Plain to see."
    assert [(hidden.quote, hidden.how) for hidden in document.hidden] == [(UNSEEN, how)]


HONEST = {
    "white on a dark cell": table(cell(run=WHITE, properties=NAVY)),
    "white on a cell in a theme's colour": table(
        cell(run=WHITE, properties='<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>')
    ),
    "white on a dark table": table(cell(run=WHITE), properties=NAVY),
    "white on a dark paragraph": par(run=WHITE, paragraph=NAVY),
    "white on a dark highlight": par(run=f'{WHITE}<w:highlight w:val="darkBlue"/>'),
    "white on a pattern": par(run=WHITE, paragraph='<w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>'),
    "white in a dark banner": box(par(run=WHITE), fill=solid("1F3864")),
    "white in an old dark banner": vml(par(run=WHITE), more='fillcolor="#1F3864"'),
    "white in a banner of many colours": box(par(run=WHITE), fill="<a:gradFill/>"),
    "a caption over a picture": picture(0) + box(par(run=WHITE), fill="<a:noFill/>"),
    "a box over a dark cell": table(cell("Dark", properties=NAVY)) + box(par(run=WHITE), fill="<a:noFill/>"),
    "a title over a picture": picture(1) + par(run=WHITE),
    "automatic on dark": par(run='<w:color w:val="auto"/>', paragraph=NAVY),
    "small print": par(run='<w:sz w:val="8"/>'),
    "no longer hidden": par(run='<w:vanish w:val="0"/>'),
    "an old box as wide as its column": vml(par(), "width:0;height:50pt;mso-width-percent:400"),
    "an old box that grows": vml(par(), "width:100pt;height:0").replace(
        "<v:textbox>", '<v:textbox style="mso-fit-shape-to-text:t">'
    ),
    "tight lines": par(paragraph='<w:spacing w:line="200" w:lineRule="exact"/>'),
    "hidden only from the web view": par(run="<w:webHidden/>"),
}


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST)
def test_honest_text_raises_no_alarm(word, body):
    document = read(
        word(par("Plain to see.") + body, related=[("theme", "theme.xml")], parts={"word/theme.xml": THEME}), "bid.docx"
    )
    assert document.hidden == ()
    assert UNSEEN in document.text


@pytest.mark.parametrize(
    ("styles", "body"),
    [
        (style("character", "S", "<w:rPr><w:vanish/></w:rPr>"), par(run='<w:rStyle w:val="S"/>')),
        (style("paragraph", "S", f"<w:rPr>{WHITE}</w:rPr>"), par(paragraph='<w:pStyle w:val="S"/>')),
        (
            style("table", "S", '<w:rPr><w:sz w:val="2"/></w:rPr>'),
            table(cell(), properties='<w:tblStyle w:val="S"/>'),
        ),
        ('<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="2"/></w:rPr></w:rPrDefault></w:docDefaults>', par()),
    ],
    ids=["character style", "paragraph style", "table style", "defaults"],
)
def test_text_hidden_by_a_style_is_found(word, styles, body):
    (hidden,) = read(word(body, styles=styles), "bid.docx").hidden
    assert hidden.quote == UNSEEN


def test_a_table_style_is_honest_in_its_dark_head_and_not_below(word):
    dark = style("table", "S", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{NAVY}</w:tcPr></w:tblStylePr>')
    look = '<w:tblStyle w:val="S"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    data = word(table(cell("Head", WHITE), cell(run=WHITE), properties=look), styles=dark)
    document = read(data, "bid.docx")
    assert document.text == "Head"
    assert [hidden.quote for hidden in document.hidden] == [UNSEEN]


def test_the_table_styles_that_word_brings_raise_no_alarm():
    document = docx.Document()
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.TABLE:
            for bits in ("04A0", "01E0"):
                table = document.add_table(rows=3, cols=3, style=style)
                look = table._tbl.tblPr.find(qn("w:tblLook"))
                look.attrib.clear()
                look.set(qn("w:val"), bits)
                for cell in table._cells:
                    cell.text = f"{style.name} {bits}"
    stream = BytesIO()
    document.save(stream)
    assert read(stream.getvalue(), "bid.docx").hidden == ()


@pytest.mark.parametrize(("shown", "found"), [("<w:displayBackgroundShape/>", 0), ("", 1)])
def test_white_text_on_dark_pages_is_honest_where_the_page_colour_is_shown(word, shown, found):
    data = word(par(run=WHITE), background='<w:background w:color="1F3864"/>', settings=shown)
    assert len(read(data, "bid.docx").hidden) == found


@pytest.mark.parametrize("text", ["Top of Form", "- - -", "."])
def test_what_word_or_a_layout_hides_and_says_nothing_is_not_told(word, text):
    document = read(word(par("Plain to see.") + par(text, "<w:vanish/>")), "bid.docx")
    assert (document.hidden, document.text) == ((), "Plain to see.")


def test_a_picture_makes_only_its_own_page_a_ground(word):
    page = "<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>"
    row = f"<w:tbl><w:tr><w:tc>{page}</w:tc><w:tc>{page}</w:tc></w:tr></w:tbl>"  # one break, recorded in both cells
    body = row + par("Over the picture.", WHITE) + picture(1) + page + par(UNSEEN, WHITE)
    document = read(word(body), "bid.docx")
    assert document.text == "Over the picture."
    assert [(hidden.page, hidden.quote) for hidden in document.hidden] == [(3, UNSEEN)]


def test_hidden_text_is_told_with_its_page_and_in_passages(word):
    page = "<w:p><w:r><w:lastRenderedPageBreak/></w:r></w:p>"
    runs = "".join(f"<w:r><w:rPr>{how}</w:rPr><w:t>{text}</w:t></w:r>" for how, text in [
        ("<w:vanish/>", "One "), ("<w:vanish/>", "passage."), ("", "Seen."), ("<w:vanish/>", "Another.")
    ])  # fmt: skip
    document = read(word(f"{page}<w:p>{runs}</w:p>"), "bid.docx")
    assert [(hidden.page, hidden.approximate, hidden.quote) for hidden in document.hidden] == [
        (2, True, "One passage."),
        (2, True, "Another."),
    ]
    assert document.text == "Seen."
