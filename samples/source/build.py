"""
Build the sample documents from the Markdown beside this script.

    python samples/source/build.py

The same sources always give the same bytes: no clock, no random identifier. Two HTML comments mean something:
`<!-- break -->` starts a new page; `<!-- page -->` records, as Word does when it saves, that a page ended here.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import docx
import yaml
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from markdown_it import MarkdownIt
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus.tableofcontents import TableOfContents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

HERE = Path(__file__).parent
SAMPLES = HERE.parent
FONT = "Arial"
STAMP = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
ZIP_STAMP = (2026, 10, 1, 9, 0, 0)
NUMBERED = re.compile(r"R\d+")  # a paragraph that opens with a bold requirement number


@dataclass(frozen=True, slots=True)
class Front:
    """What a document says about itself above its text."""

    title: str
    subtitle: str
    organisation: str
    date: str
    header: str
    footer: str
    colour: str
    contents: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one weight and slope."""

    text: str
    bold: bool = False
    italic: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, quoted where it stood behind `>`."""

    spans: Spans
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one paragraph an item."""

    items: tuple[Spans, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its header."""

    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The end of a page: a break the author asked for, or one recorded by the word processor."""

    recorded: bool


Block = Heading | Paragraph | Items | Grid | PageEnd


def plain(spans: Spans) -> str:
    """Return the text of *spans* alone."""
    return "".join(span.text for span in spans)


def inline(token: Token) -> Spans:
    """Return the spans of an inline token; a line end in the source is a space."""
    spans: list[Span] = []
    bold = italic = False
    for child in token.children or []:
        match child.type:
            case "strong_open" | "strong_close":
                bold = child.type == "strong_open"
            case "em_open" | "em_close":
                italic = child.type == "em_open"
            case "softbreak" | "hardbreak":
                spans.append(Span(" ", bold, italic))
            case _ if child.content:
                spans.append(Span(child.content, bold, italic))
    return tuple(spans)


def blocks(markdown: str) -> Iterator[Block]:
    """Yield the blocks of *markdown* in order, without nesting."""
    quoted = False
    level = 0
    items: list[Spans] | None = None
    rows: list[list[Spans]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(markdown):
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "blockquote_open" | "blockquote_close":
                quoted = token.type == "blockquote_open"
            case "bullet_list_open" | "ordered_list_open":
                items = []
            case "bullet_list_close" | "ordered_list_close":
                yield Items(tuple(items or ()), ordered=token.type == "ordered_list_close")
                items = None
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Grid(tuple(tuple(row) for row in rows))
                rows = []
            case "html_block":
                yield PageEnd(recorded="page" in token.content)
            case "inline" if level:
                yield Heading(level, inline(token))
            case "inline" if items is not None:
                items.append(inline(token))
            case "inline" if rows:
                rows[-1].append(inline(token))
            case "inline":
                yield Paragraph(inline(token), quoted)


def load(name: str) -> tuple[Front, tuple[Block, ...]]:
    """Return the front matter and the blocks of `source/<name>.md`."""
    _, front, body = (HERE / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
    return Front(**yaml.safe_load(front)), tuple(blocks(body))


def column_shares(rows: Sequence[Sequence[Spans]]) -> list[float]:
    """
    Return the share of the width that each column gets.

    A column of short cells (dates, sums) is as wide as the longest of them, any other at least as wide as its longest
    word; what is left goes to the columns with the longest cells.
    """
    line = 96  # characters of table text in a full line
    columns = [[plain(row[i]) for row in rows] for i in range(len(rows[0]))]
    longest = [max(map(len, column)) for column in columns]
    words = [max(len(word) for cell in column for word in cell.split()) for column in columns]
    least = [4 + (cell if cell <= 18 else word) for cell, word in zip(longest, words, strict=True)]
    more = [max(0, min(cell, line) - floor) for cell, floor in zip(longest, least, strict=True)]
    spare = max(0, line - sum(least)) / (sum(more) or 1)
    wanted = [floor + spare * extra for floor, extra in zip(least, more, strict=True)]
    return [width / sum(wanted) for width in wanted]


# Word ---------------------------------------------------------------------------------------------------------------


def element(tag: str, text: str = "", **attributes: str) -> Any:
    """Return a new WordprocessingML element; attribute names lack their prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    if text:
        made.text = text
    return made


def add_field(paragraph: Any, code: str, result: str) -> None:
    """Append the field *code*, with the *result* that Word last worked out."""
    for part in (
        element("fldChar", fldCharType="begin"),
        element("instrText", f" {code} "),
        element("fldChar", fldCharType="separate"),
        element("t", result),
        element("fldChar", fldCharType="end"),
    ):
        paragraph.add_run()._r.append(part)  # noqa: SLF001  python-docx has no public way to its XML


def add_spans(paragraph: Any, spans: Spans) -> None:
    """Append *spans* as runs."""
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold = span.bold or None
        run.italic = span.italic or None


def set_font(style: Any, size: float, colour: str = "", *, bold: bool = False) -> None:
    """Give *style* our font, over the one its theme would give."""
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    style.font.size = Pt(size)
    style.font.bold = bold
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def set_styles(document: Any, front: Front) -> None:
    """Set the page, the language and every style that the samples use."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.3)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    set_font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(7)
    styles["Normal"].paragraph_format.line_spacing = 1.12
    for name, size, before in (("Heading 1", 17, 20), ("Heading 2", 13, 13), ("Heading 3", 11, 10)):
        set_font(styles[name], size, front.colour, bold=True)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(5)
    set_font(styles["Title"], 27, front.colour, bold=True)
    styles["Title"].paragraph_format.space_before = Pt(30)
    for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
        styles["Title"].element.pPr.remove(border)
    set_font(styles["Subtitle"], 13, "555555")
    styles["Subtitle"].font.italic = False
    for spacing in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(spacing)
    set_font(styles["Header"], 8.5, "666666")
    set_font(styles["Footer"], 8.5, "666666")
    set_font(styles["Quote"], 10.5, "444444")
    styles["Quote"].font.italic = True
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(7)  # after the last item only: they are contextual styles
    requirement = styles.add_style("Requirement", WD_STYLE_TYPE.PARAGRAPH)
    requirement.base_style = styles["Normal"]
    requirement.paragraph_format.left_indent = Cm(1.3)
    requirement.paragraph_format.first_line_indent = Cm(-1.3)
    requirement.paragraph_format.tab_stops.add_tab_stop(Cm(1.3))
    cell = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    cell.font.size = Pt(9.5)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    cell.paragraph_format.line_spacing = 1.0
    after = styles.add_style("After Table", WD_STYLE_TYPE.PARAGRAPH)
    after.base_style = styles["Normal"]
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(8)
    contents = styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    contents.paragraph_format.space_after = Pt(3)
    contents.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def add_running_text(document: Any, front: Front, pages: int) -> None:
    """Put the running header and footer on every page."""
    section = document.sections[0]
    section.header.paragraphs[0].text = front.header
    footer = section.footer.paragraphs[0]
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    footer.text = f"{front.footer}\tPage "
    # the style's own centre stop would catch the tab first
    for stop in footer.style.element.iter(qn("w:tab")):
        stop.set(qn("w:val"), "clear")
    add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES", str(pages))


def add_contents(document: Any, body: Sequence[Block]) -> None:
    """Add a table of contents: a real field, holding the pages recorded in the source."""
    heading = document.add_paragraph("Contents", style="TOC Heading")
    set_font(heading.style, 15, bold=True)
    page = 1
    entries: list[tuple[str, int]] = []
    for block in body:
        if isinstance(block, PageEnd):
            page += 1
        elif isinstance(block, Heading) and block.level == 1:
            entries.append((plain(block.spans), page))
    for number, (text, at) in enumerate(entries):
        paragraph = document.add_paragraph(style="toc 1")
        if not number:
            for part in (
                element("fldChar", fldCharType="begin"),
                element("instrText", ' TOC \\o "1-1" \\h \\z '),
                element("fldChar", fldCharType="separate"),
            ):
                paragraph.add_run()._r.append(part)  # noqa: SLF001
        link = element("hyperlink", anchor=f"_Toc{number + 1:04}", history="1")
        run = element("r")
        run.extend([element("t", text), element("tab"), element("t", str(at))])
        link.append(run)
        paragraph._p.append(link)  # noqa: SLF001
        if number == len(entries) - 1:
            paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))  # noqa: SLF001


def restart_numbers(document: Any) -> str:
    """Return the id of a new numbering that counts from 1 in the shape of List Number."""
    numbering = document.part.numbering_part.element
    style_id = document.styles["List Number"].element.pPr.numPr.numId.val
    made = numbering.add_num(numbering.num_having_numId(style_id).abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(made.numId)


def add_grid(document: Any, grid: Grid, colour: str) -> None:
    """Add a table with a shaded header row that repeats on each page."""
    table = document.add_table(rows=len(grid.rows), cols=len(grid.rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    shares = column_shares(grid.rows)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(16.4 * share)
    for row, cells in zip(table.rows, grid.rows, strict=True):
        is_header = cells is grid.rows[0]
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(element("cantSplit"))
        if is_header:
            properties.append(element("tblHeader"))
        for cell, spans, share in zip(row.cells, cells, shares, strict=True):
            cell.width = Cm(16.4 * share)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles["Table Text"]
            add_spans(paragraph, spans)
            if is_header:
                cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))  # noqa: SLF001
                for run in paragraph.runs:
                    run.bold = True
                    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
                paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(style="After Table")


def bookmark(paragraph: Any, number: int) -> None:
    """Mark the heading *paragraph* as the target of contents entry *number*."""
    mark = {"id": str(number)}
    paragraph._p.insert(1, element("bookmarkStart", **mark, name=f"_Toc{number:04}"))  # noqa: SLF001
    paragraph._p.append(element("bookmarkEnd", **mark))  # noqa: SLF001


def add_block(document: Any, block: Block, front: Front, chapter: int) -> Any:
    """Add one block and return its first paragraph, or None where that is in a table."""
    match block:
        case Heading(level, spans):
            paragraph = document.add_heading(level=level)
            add_spans(paragraph, spans)
            if level == 1:
                bookmark(paragraph, chapter)
            return paragraph
        case Items(items, ordered):
            numbering = restart_numbers(document) if ordered else ""
            made = [document.add_paragraph(style="List Number" if ordered else "List Bullet") for _ in items]
            for paragraph, spans in zip(made, items, strict=True):
                add_spans(paragraph, spans)
                if numbering:
                    number = element("numPr")
                    number.extend([element("ilvl", val="0"), element("numId", val=numbering)])
                    paragraph._p.get_or_add_pPr().append(number)  # noqa: SLF001
            return made[0]
        case Grid():
            add_grid(document, block, front.colour)
            return None
        case Paragraph(spans, quoted):
            if NUMBERED.fullmatch(spans[0].text):
                rest = (Span("\t" + spans[1].text.lstrip()), *spans[2:])
                paragraph = document.add_paragraph(style="Requirement")
                add_spans(paragraph, (spans[0], *rest))
                return paragraph
            paragraph = document.add_paragraph(style="Quote" if quoted else None)
            add_spans(paragraph, spans)
            return paragraph
        case PageEnd():
            return None


def record_page_end(paragraph: Any) -> None:
    """Write before the text of *paragraph* what Word writes when a page began there."""
    run = paragraph.runs[0]._r  # noqa: SLF001
    run.insert(0 if run.rPr is None else 1, element("lastRenderedPageBreak"))


def to_docx(front: Front, body: Sequence[Block]) -> bytes:
    """Return *body* as a Word document."""
    document = docx.Document()
    set_styles(document, front)
    add_running_text(document, front, 1 + sum(isinstance(block, PageEnd) for block in body))
    document.add_paragraph(front.title, style="Title")
    document.add_paragraph(front.subtitle, style="Subtitle")
    document.add_paragraph(f"{front.organisation}, {front.date}")
    if front.contents:
        add_contents(document, body)
    chapter = 0
    pending: PageEnd | None = None
    for block in body:
        if isinstance(block, PageEnd):
            pending = block
            continue
        chapter += isinstance(block, Heading) and block.level == 1
        paragraph = add_block(document, block, front, chapter)
        if pending and paragraph is not None:
            paragraph.paragraph_format.page_break_before = None if pending.recorded else True
            record_page_end(paragraph)
            pending = None
    properties = document.core_properties
    properties.title, properties.subject = front.title, front.subtitle
    properties.author = properties.last_modified_by = front.organisation
    properties.comments = "Invented sample document"
    properties.language = "en-GB"
    properties.created = properties.modified = STAMP
    written = io.BytesIO()
    document.save(written)
    return with_fixed_dates(written.getvalue())


def with_fixed_dates(package: bytes) -> bytes:
    """Return the ZIP *package* with one date on every entry."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on Windows
            new.writestr(entry, old.read(name))
    return written.getvalue()


# PDF ----------------------------------------------------------------------------------------------------------------


def markup(spans: Spans) -> str:
    """Return *spans* in reportlab's own markup."""
    done = []
    for span in spans:
        text = escape(span.text)
        text = f"<b>{text}</b>" if span.bold else text
        done.append(f"<i>{text}</i>" if span.italic else text)
    return "".join(done)


def pdf_styles(colour: str) -> dict[str, Any]:
    """Return the paragraph styles of the PDF by name."""
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=14, spaceAfter=7)

    def derive(name: str, **changes: Any) -> Any:
        return ParagraphStyle(name, parent=body, **changes)

    heading = {"fontName": "Helvetica-Bold", "textColor": HexColor(f"#{colour}"), "keepWithNext": 1}
    return {
        "body": body,
        "h1": derive("h1", fontSize=17, leading=21, spaceBefore=16, spaceAfter=7, **heading),
        "h2": derive("h2", fontSize=12.5, leading=16, spaceBefore=9, spaceAfter=4, **heading),
        "contents": derive("contents", fontSize=15, leading=19, spaceAfter=8, **heading),
        "bullet": derive("bullet", leftIndent=16, bulletIndent=5, spaceAfter=3),
        "quote": derive(
            "quote",
            fontName="Helvetica-Oblique",
            textColor=HexColor("#444444"),
            leftIndent=10,
            borderPadding=5,
            backColor=HexColor("#EEF3F0"),
            spaceBefore=4,
            spaceAfter=12,
        ),
        "cell": derive("cell", fontSize=9, leading=12, spaceAfter=0),
        "head": derive("head", fontName="Helvetica-Bold", fontSize=9, leading=12, spaceAfter=0, textColor=white),
        "entry": derive("entry", spaceAfter=4),
    }


def pdf_grid(grid: Grid, styles: dict[str, Any], width: float, colour: str) -> Any:
    """Return a table whose shaded header row repeats on each page."""
    cells = [
        [PdfParagraph(markup(spans), styles["cell" if number else "head"]) for spans in row]
        for number, row in enumerate(grid.rows)
    ]
    look = TableStyle(
        [
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(f"#{colour}")),
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#B5C4BC")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return Table(
        cells,
        colWidths=[width * share for share in column_shares(grid.rows)],
        style=look,
        repeatRows=1,
        spaceBefore=3,
        spaceAfter=10,
    )


def flowables(body: Sequence[Block], styles: dict[str, Any], width: float, colour: str) -> Iterator[Any]:
    """Yield *body* as reportlab flowables."""
    for block in body:
        match block:
            case Heading(level, spans):
                if level == 1:
                    yield CondPageBreak(110)
                yield PdfParagraph(markup(spans), styles[f"h{level}"])
            case Paragraph(spans, quoted):
                yield PdfParagraph(markup(spans), styles["quote" if quoted else "body"])
            case Items(items, ordered):
                for number, spans in enumerate(items, 1):
                    sign = f"{number}." if ordered else "\u2022"
                    yield PdfParagraph(markup(spans), styles["bullet"], bulletText=sign)
                yield Spacer(1, 5)
            case Grid():
                yield pdf_grid(block, styles, width, colour)
            case PageEnd(recorded):
                if not recorded:
                    yield PageBreak()


def to_pdf(front: Front, body: Sequence[Block]) -> bytes:
    """Return *body* as a PDF with a banner on page 1, a contents page, an outline and a running footer."""
    written = io.BytesIO()
    width, height = A4
    margin, banner = 62.0, 150.0
    styles = pdf_styles(front.colour)
    document = BaseDocTemplate(
        written,
        pagesize=A4,
        title=front.title,
        author=front.organisation,
        subject=front.subtitle,
        lang="en-GB",
        invariant=1,
    )

    def footer(canvas: Any, template: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(HexColor("#666666"))
        canvas.drawString(margin, 34, f"{front.header} \u00b7 {front.footer}")
        canvas.drawRightString(width - margin, 34, f"Page {template.page}")
        canvas.restoreState()

    def first_page(canvas: Any, template: Any) -> None:
        footer(canvas, template)
        canvas.saveState()
        canvas.setFillColor(HexColor(f"#{front.colour}"))
        canvas.rect(0, height - banner, width, banner, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Helvetica-Bold", 25)
        canvas.drawString(margin, height - 72, front.title)
        canvas.setFont("Helvetica", 13)
        canvas.drawString(margin, height - 98, front.subtitle)
        canvas.drawString(margin, height - 122, f"{front.organisation}, {front.date}")
        canvas.restoreState()

    def after_flowable(flowable: Flowable) -> None:
        """Enter each first-level heading in the contents and the outline."""
        if isinstance(flowable, PdfParagraph) and flowable.style.name in {"h1", "h2"}:
            level = int(flowable.style.name[1]) - 1
            text = flowable.getPlainText()
            key = f"{document.page}-{text}"
            document.canv.bookmarkPage(key)
            document.canv.addOutlineEntry(text, key, level, closed=False)
            if not level:
                document.notify("TOCEntry", (level, escape(text), document.page, key))

    def frame(top: float) -> Any:
        return Frame(margin, 56, width - 2 * margin, height - 56 - top, 0, 0, 0, 0)

    document.addPageTemplates(
        [
            PageTemplate("first", [frame(banner + 30)], onPage=first_page, autoNextPageTemplate="later"),
            PageTemplate("later", [frame(58)], onPage=footer),
        ]
    )
    document.afterFlowable = after_flowable
    contents = TableOfContents(levelStyles=[styles["entry"]])
    contents.dotsMinLevel = 0
    opening = [PdfParagraph("Contents", styles["contents"]), contents, PageBreak()] if front.contents else []
    document.multiBuild([*opening, *flowables(body, styles, width - 2 * margin, front.colour)])
    return written.getvalue()


def main() -> None:
    """Write every sample that is not already text."""
    makers = {".docx": to_docx, ".pdf": to_pdf}
    for name in ("tender.docx", "bid-strong.pdf", "bid-thin.docx", "bid-thin-redraft.docx", "contract.docx"):
        path = SAMPLES / name
        path.write_bytes(makers[path.suffix](*load(path.stem)))
        print(path.name)


if __name__ == "__main__":
    main()
