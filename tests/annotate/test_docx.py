"""Comments stand beside the very words in a Word file, and nothing else of it changes."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tenderkit.annotate import docx
from tenderkit.annotate.docx_runs import Cutter
from tenderkit.annotate.notes import Note, Part, Sort
from tenderkit.assess import DocumentReport
from tenderkit.batch import Options
from tenderkit.document import Trace, View
from tenderkit.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def shown_text(document):
    return "".join(text.text or "" for text in document.iter(W + "t", W + "delText"))


def beside(commented):
    return [words for _, _, words in commented.comments]


def test_a_comment_stands_beside_the_very_sentence(word, comment):
    body = "<w:p><w:r><w:t>We know libraries. We will test every release. We are glad.</w:t></w:r></w:p>"
    assert beside(comment(word(body), "We will test every release.")) == ["We will test every release."]


def test_a_run_that_is_parted_keeps_its_looks(word, comment):
    body = '<w:p><w:r><w:rPr><w:b/><w:color w:val="C00000"/></w:rPr><w:t>One. Two. Three.</w:t></w:r></w:p>'
    commented = comment(word(body), "Two.")
    runs = [run for run in commented.document.iter(W + "r") if run.find(W + "t") is not None]
    assert [run.find(W + "t").text for run in runs] == ["One. ", "Two.", " Three."]
    assert len({etree.tostring(run.find(W + "rPr")) for run in runs}) == 1


def test_a_sentence_of_several_runs_with_tabs_and_breaks_is_one_range(word, comment):
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>First. We </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>will</w:t><w:tab/>"
        "<w:t>test</w:t><w:br/><w:t>it. Last.</w:t></w:r></w:p>"
    )
    commented = comment(word(body), "We will test it.")
    assert beside(commented) == ["We willtestit."]
    assert shown_text(commented.document) == "First. We willtestit. Last."


def test_two_comments_may_begin_and_end_at_one_place(word, comment):
    body = "<w:p><w:r><w:t>One. Two. Three.</w:t></w:r></w:p>"
    assert beside(comment(word(body), "One. Two.", "Two. Three.", "Two.", "One.")) == [
        "One. Two.", "Two. Three.", "Two.", "One.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        '<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z">{}</w:ins>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
        "<w:smartTag>{}</w:smartTag>",
    ],
    ids=["hyperlink", "insertion", "control", "field", "smart tag"],
)
def test_a_comment_may_begin_inside_what_wraps_the_words(word, comment, around):
    inside = around.format("<w:r><w:t>One. We will</w:t></w:r>")
    body = f"<w:p>{inside}<w:r><w:t xml:space='preserve'> test. Three.</w:t></w:r></w:p>"
    commented = comment(word(body), "We will test.")
    assert beside(commented) == ["We will test."]
    reference = next(commented.document.iter(W + "commentReference"))
    assert reference.getparent().getparent().tag == W + "p"


def test_a_control_that_word_fills_by_itself_is_marked_as_a_whole(word, comment):
    body = (
        "<w:p><w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent><w:r><w:t>One. Two.</w:t></w:r></w:sdtContent>"
        "</w:sdt></w:p>"
    )
    assert beside(comment(word(body), "Two.")) == ["One. Two."]


def test_deleted_words_are_not_in_the_range_and_stay_deleted(word, comment):
    change = 'w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z"'
    body = (
        f"<w:p><w:r><w:t xml:space='preserve'>We </w:t></w:r><w:del {change}><w:r><w:delText>might</w:delText></w:r>"
        f"</w:del><w:ins {change}><w:r><w:t>will</w:t></w:r></w:ins>"
        "<w:r><w:t xml:space='preserve'> test.</w:t></w:r></w:p>"
    )
    final = comment(word(body), "We will test.")
    assert len(list(final.document.iter(W + "del"))) == len(list(final.document.iter(W + "ins"))) == 1
    original = comment(word(body), "We might test.", view=View.ORIGINAL)
    assert shown_text(original.document) == "We mightwill test."


def test_cells_take_comments_of_their_own(word, comment):
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "".join(cell.format(text) for text in ("Support", "We answer. We will answer in an hour."))
    body = f"<w:tbl><w:tr>{row}</w:tr></w:tbl><w:p/>"
    commented = comment(word(body), "We will answer in an hour.", "Support\tWe answer. We will answer in an hour.")
    assert beside(commented) == ["We will answer in an hour.", "SupportWe answer. We will answer in an hour."]


def test_words_of_a_footnote_are_marked_where_the_text_refers_to_it(word, comment):
    body = (
        '<w:p><w:r><w:t>Price.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> More.</w:t></w:r></w:p>'
    )
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>We will cap it.</w:t></w:r></w:p></w:footnote>'
    commented = comment(word(body, footnotes=notes), "We will cap it.")
    start = next(commented.document.iter(W + "commentRangeStart"))
    assert start.getnext().find(W + "footnoteReference") is not None


def test_words_in_a_text_box_are_marked_around_the_box(word, comment):
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>We will test.</w:t></w:r></w:p></w:txbxContent>"
    )
    body = f"<w:p><w:r><w:t>Look:</w:t></w:r>{box}</v:textbox></v:shape></w:pict></w:r></w:p>"
    commented = comment(word(body), "We will test.")
    start = next(commented.document.iter(W + "commentRangeStart"))
    assert start.getparent().getparent().tag == W + "body"


def test_a_note_without_a_passage_stands_at_the_end_of_the_document(word, comment):
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = paragraph.format("We begin.") + paragraph.format("We end.") + "<w:sectPr/>"
    assert beside(comment(word(body), None)) == ["We end."]


def test_comments_of_others_stay_and_keep_their_numbers(word, comment):
    body = (
        '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>We will test.</w:t></w:r><w:commentRangeEnd w:id="4"/>'
        '<w:r><w:commentReference w:id="4"/></w:r></w:p>'
    )
    theirs = '<w:comment w:id="4" w:author="Ms Brook"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>'
    commented = comment(word(body, comments=theirs), "We will test.")
    assert commented.comments == [
        ("Ms Brook", "Really?", "We will test."),
        ("tenderkit", "note 0", "We will test."),
    ]
    again = comment(commented.data, "will")
    assert again.comments == [("Ms Brook", "Really?", "We will test."), ("tenderkit", "note 0", "will")]


def test_a_comment_of_ours_that_somebody_answered_stays(word, comment):
    body = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>We will test.</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    ours = '<w:comment w:id="0" w:author="tenderkit"><w:p w14:paraId="0A"><w:r><w:t>Old.</w:t></w:r></w:p></w:comment>'
    answers = (
        '<x:commentsEx xmlns:x="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<x:commentEx x:paraId="0B" x:paraIdParent="0A"/></x:commentsEx>'
    )
    data = word(
        body,
        comments=ours,
        related=[("commentsExtended", "ext.xml")],
        parts={"word/ext.xml": answers},
    )
    said = [text for _, text, _ in comment(data, "We will test.").comments]
    assert said == ["Old.", "note 0"]


def test_every_other_part_of_the_file_stays_byte_for_byte(word, comment):
    body = "<w:p><w:r><w:t>We will test.</w:t></w:r></w:p>"
    data = word(body, styles="<w:style/>", parts={"docProps/thumbnail.jpeg": "\x00\x01", "customXml/item1.xml": "<a/>"})
    commented = comment(data, "We will test.")
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(commented.data)) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        added = set(new.namelist()) - set(old.namelist())
    assert changed == {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    assert added == {"word/comments.xml"}


def test_a_strict_file_stays_strict(word):
    body = "<w:p><w:r><w:t>One. We will test.</w:t></w:r></w:p>"
    usual = word(body)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(usual)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            new.writestr(name, old.read(name).replace(space, strict))
    trace = Trace()
    document = read(stream.getvalue(), "a.docx", trace=trace)
    notes = [Note(Sort.EVIDENCE, (Part("x"),), 5, 18)]
    written = docx.write(stream.getvalue(), DocumentReport(document, "bid", (), None), trace, notes, Options())
    with zipfile.ZipFile(BytesIO(written.data)) as archive:
        for part in ("word/document.xml", "word/comments.xml"):
            assert b"purl.oclc.org" in archive.read(part)
            assert b"wordprocessingml/2006/main" not in archive.read(part)


def test_what_a_comment_says_is_fit_for_xml(word):
    data = word("<w:p><w:r><w:t>We will test.</w:t></w:r></w:p>")
    trace = Trace()
    document = read(data, "a.docx", trace=trace)
    notes = [Note(Sort.EVIDENCE, (Part("a\x00b\ud800<w:p>&", ("\x1b[2J]]>",)),), 0, 13)]
    written = docx.write(data, DocumentReport(document, "bid", (), None), trace, notes, Options())
    with zipfile.ZipFile(BytesIO(written.data)) as archive:
        said = etree.fromstring(archive.read("word/comments.xml"))
    assert "".join(said.itertext()) == "a�b�<w:p>&�[2J]]>"


CHILDREN = st.one_of(
    st.text("ab .", min_size=1, max_size=6).map(lambda said: ("t", said)), st.sampled_from([("tab", ""), ("br", "")])
)
RUNS = st.lists(st.lists(CHILDREN, min_size=1, max_size=4), min_size=1, max_size=4)


@given(RUNS, st.data())
def test_runs_parted_anywhere_say_and_look_the_same(runs, data):
    paragraph = etree.Element(W + "p")
    for number, children in enumerate(runs):
        run = etree.SubElement(paragraph, W + "r")
        etree.SubElement(etree.SubElement(run, W + "rPr"), W + "sz", {W + "val": str(number)})
        for tag, said in children:
            etree.SubElement(run, W + tag).text = said or None

    def shown():
        return [
            (run.find(f"{W}rPr/{W}sz").get(W + "val"), child.tag, character)
            for run in paragraph
            for child in run
            if child.tag != W + "rPr"
            for character in (child.text or " ")
        ]

    before = shown()
    texts = list(paragraph.iter(W + "t"))
    cutter = Cutter()
    places = []
    for text in texts:
        for offset in data.draw(st.lists(st.integers(0, len(text.text)), max_size=3)):
            places.append((cutter.cut_of(text, offset), text.text[offset:], text.text[:offset]))
            cutter.want(text, offset)
    cutter.cut()
    assert shown() == before
    for (run, cut), after, ahead in places:
        begins, ends = cutter.begins(run, cut), cutter.ends(run, cut)
        assert "".join(begins.itertext()).startswith(after) or after.startswith("".join(begins.itertext()))
        assert not ahead or "".join(ends.itertext())[-1:] == ahead[-1:]
        assert all(len(run) > 1 for run in paragraph), "an empty run was made"
