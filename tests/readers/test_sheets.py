"""Spreadsheets: what each cell shows, and what nobody sees."""

import pytest

from tenderkit.readers import read


def row(number, *cells, **attributes):
    """Return a row of cells, each "A text" as an inline string."""
    inside = "".join(f'<c r="{cell[0]}{number}" t="inlineStr"><is><t>{cell[2:]}</t></is></c>' for cell in cells)
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<row r="{number}"{said}>{inside}</row>'


def texts(document):
    return [(block.anchor.label, block.text) for block in document.blocks]


def hidden(document):
    return [(found.quote, found.how) for found in document.hidden]


def test_question_and_answer_side_by_side_are_one_block_with_its_cell(workbook):
    data = workbook({"Prices": f"<sheetData>{row(4, 'B Who tests?', 'C We will.')}</sheetData>"})
    document = read(data, "prices.xlsx")
    assert texts(document) == [("Prices", "Prices"), ("Prices!B4", "Who tests?\tWe will.")]
    assert document.blocks[1].section == ("Prices",)
    assert document.blocks[1].kind.value == "table row"


def test_a_formula_shows_its_result_and_an_error_nothing(workbook):
    cells = (
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>7.1000000000000005</v></c>'
        '<c r="B1" t="str"><f>C1&amp;D1</f><v>We test</v></c><c r="C1" t="e"><v>#REF!</v></c>'
        '<c r="D1" t="b"><v>1</v></c></row>'
    )
    document = read(workbook({"A": f"<sheetData>{cells}</sheetData>"}), "a.xlsx")
    assert texts(document)[1] == ("A!A1", "7.1\tWe test\tTRUE")


def test_shared_strings_are_joined_without_their_phonetic_reading(workbook):
    shared = "<si><r><t>We </t></r><r><t>test</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si><si><t>daily</t></si>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>9</v></c></row>'
    document = read(workbook({"A": f"<sheetData>{cells}</sheetData>"}, shared=shared), "a.xlsx")
    assert texts(document)[1][1] == "We test\tdaily"


def test_numbers_are_shown_as_their_format_says(workbook):
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="&quot;£&quot;#,##0.00"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="14"/></cellXfs>'
    )
    cells = '<row r="1"><c s="0"><v>1200</v></c><c s="1"><v>0.25</v></c><c s="2"><v>46477</v></c></row>'
    document = read(workbook({"A": f"<sheetData>{cells}</sheetData>"}, styles=styles), "a.xlsx")
    assert texts(document)[1][1] == "£1,200.00\t25%\t31 March 2027"


def test_hidden_sheets_rows_and_columns_are_hidden_text(workbook):
    data = workbook(
        {
            "Seen": f'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{row(1, "A Open.", "B In a column.")}'
            f"{row(2, 'A In a row.', hidden=1)}{row(3, 'A In no height.', ht=0)}</sheetData>",
            "hidden:Keywords": f"<sheetData>{row(1, 'A screen reader')}</sheetData>",
        }
    )
    document = read(data, "a.xlsx")
    assert document.text == "Seen\nOpen."
    assert hidden(document) == [
        ("In a column.", "hidden columns of 'Seen'"),
        ("In a row. In no height.", "hidden rows of 'Seen'"),
        ("screen reader", "hidden sheet of 'Keywords'"),
    ]


@pytest.mark.parametrize(("fill", "seen"), [("none", False), ("solid", True)])
def test_white_text_is_hidden_on_white_and_honest_on_dark(workbook, fill, seen):
    styles = (
        '<fonts><font/><font><color rgb="FFFFFFFF"/></font></fonts>'
        f'<fills><fill><patternFill patternType="{fill}"><fgColor rgb="FF000080"/></patternFill></fill></fills>'
        '<cellXfs><xf/><xf fontId="1" fillId="0"/></cellXfs>'
    )
    cells = '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>white words</t></is></c></row>'
    document = read(workbook({"A": f"<sheetData>{cells}{row(2, 'A Open.')}</sheetData>"}, styles=styles), "a.xlsx")
    assert ("white words" in document.text) is seen
    assert bool(document.hidden) is not seen


def test_a_number_format_that_shows_nothing_hides(workbook):
    styles = '<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    cells = '<row r="1"><c r="A1" s="0"><v>5</v></c><c r="B1" s="0" t="inlineStr"><is><t>words</t></is></c></row>'
    document = read(workbook({"A": f"<sheetData>{cells}</sheetData>"}, styles=styles), "a.xlsx")
    assert hidden(document) == [("5 words", "number format that shows nothing of 'A'")]


def test_a_broken_sheet_costs_only_itself(workbook):
    data = workbook({"A": f"<sheetData>{row(1, 'A Whole.')}</sheetData>", "B": "<sheetData><row></sheetData>"})
    document = read(data, "a.xlsx")
    assert document.text == "A\nWhole."
    assert [unread.why for unread in document.unread] == ["the part xl/worksheets/sheet2.xml is damaged"]


def test_several_lines_in_a_cell_stay_in_its_row(workbook):
    data = workbook({"A": f"<sheetData>{row(1, 'A How?', 'B We will:&#10;- test&#10;- train')}</sheetData>"})
    assert texts(read(data, "a.xlsx"))[1] == ("A!A1", "How?\tWe will: test train")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b'Question,Answer\n"Who, then?","We\nwill."\n'),
        ("a.csv", b"Question;Answer\nWho, then?;We will.\n"),
        ("a.tsv", b"Question\tAnswer\nWho, then?\tWe will.\n"),
    ],
)
def test_separated_values_are_rows_whatever_separates_them(name, data):
    document = read(data, name)
    assert texts(document) == [("A1", "Question\tAnswer"), ("A2", "Who, then?\tWe will.")]
    assert document.media_type == "text/csv"


def test_a_document_in_a_sheet_is_named_as_unread(workbook):
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = workbook(
        {"A": f"<sheetData>{row(1, 'A We test.')}</sheetData><oleObjects><oleObject progId='Acrobat' r:id='rId1'/>"
        "</oleObjects>"},
        **{
            "xl/worksheets/_rels/sheet1.xml.rels": "<Relationships>"
            f"<Relationship Id='rId1' Type='{relations}/oleObject' Target='../embeddings/oleObject1.bin'/>"
            "</Relationships>"
        },
    )  # fmt: skip
    document = read(data, "a.xlsx")
    assert document.text == "A\nWe test."
    assert [unread.why.partition(";")[0] for unread in document.unread] == [
        "the file oleObject1.bin embedded in it, made by Acrobat"
    ]
