"""E-mails with what is attached to them, and packs: each document by its path."""

import zipfile
from email.message import EmailMessage
from io import BytesIO

import pytest

from tenderkit.readers import Failure, read, read_all
from tenderkit.readers.limits import Limits


def message(body="We will test.", html="", **attached):
    """An e-mail; what is attached is bytes by name, with two underscores for the dot."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Our bid – part 1"
    mail["Date"] = "Mon, 5 Oct 2026 09:00:00 +0100"
    mail.set_content(body)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in attached.items():
        mail.add_attachment(data, "application", "octet-stream", filename=name.replace("__", "."))
    return mail


def told(data, path, **limits):
    return [
        (found.path, found.why if isinstance(found, Failure) else found.text.replace("\n", " / "))
        for found in read_all(data, path, limits=Limits(**limits))
    ]


def test_an_e_mail_is_its_subject_and_its_body():
    document = read(bytes(message("We will:\n\n* test\n* train\n")), "bid.eml")
    assert [(block.kind.value, block.text) for block in document.blocks] == [
        ("heading", "Our bid – part 1"),
        ("paragraph", "We will:"),
        ("list item", "test"),
        ("list item", "train"),
    ]
    assert document.media_type == "message/rfc822"


def test_of_plain_text_and_html_one_is_read():
    assert read(bytes(message("We test.", "<p>We <b>test</b>.</p>")), "a.eml").text == "Our bid – part 1\nWe test."
    assert read(bytes(message(" ", "<nav>x</nav><p>We test.</p>")), "a.eml").text == "Our bid – part 1\nWe test."


def test_the_disclaimer_beneath_an_e_mail_is_a_notice():
    mail = message("We will test.\n\nThis e-mail is confidential and intended only for the person named above.\n")
    assert [block.kind.value for block in read(bytes(mail), "a.eml").blocks] == ["heading", "paragraph", "notice"]


def test_what_an_e_mail_quotes_is_not_its_own_text():
    mail = message("> Who will train the staff?\n>> We asked\n\nWe will train them.\n\n> Thank you.\n")
    assert [(block.kind.value, block.text) for block in read(bytes(mail), "a.eml").blocks][1:] == [
        ("notice", "Who will train the staff? We asked"),
        ("paragraph", "We will train them."),
        ("notice", "Thank you."),
    ]


def test_attachments_are_documents_of_their_own():
    mail = message(bid__md=b"# Bid\n\nWe will train.", logo__png=b"\x89PNG", old__doc=b"\xd0\xcf\x11\xe0" + bytes(600))
    assert told(bytes(mail), "mail.eml") == [
        ("mail.eml", "Our bid – part 1 / We will test."),
        ("mail.eml/bid.md", "Bid / We will train."),
        (
            "mail.eml/old.doc",
            "it is an old Microsoft Office file of unknown kind; save it as PDF or Word (.docx) and send that",
        ),
    ]


def test_an_e_mail_names_what_is_attached_to_it():
    document = read(bytes(message(bid__md=b"We will train.", logo__png=b"\x89PNG")), "mail.eml")
    assert document.notes == (
        "Attached to it, of which documents are read by themselves and pictures are not: bid.md, logo.png.",
    )
    assert not read(bytes(message()), "mail.eml").notes


def test_what_is_passed_over_in_a_pack_is_told_once_with_its_first_document(packed):
    members = {"a.md": "We test.", "b.md": "We train.", "Thumbs.db": "x", "~$a.docx": "x"}
    many = {f"{number:02}.jpg": "x" for number in range(20)}
    found = list(read_all(packed(members | many), "pack.zip"))
    assert [document.notes[0][:62] if document.notes else "" for document in found] == [
        "Not read in its pack, as pictures or no documents: 00.jpg, 01.",
        "",
    ]
    assert found[0].notes[0].endswith("11.jpg and 8 more.")
    assert not any(document.notes for document in read_all(packed(members), "pack.zip"))


def test_a_message_in_a_message_is_read_with_its_own_attachments():
    outer = message("See below.")
    outer.add_attachment(message(prices__csv=b"Support,5\n"))
    assert [path for path, _ in told(bytes(outer), "mail.eml")] == [
        "mail.eml",
        "mail.eml/Our bid – part 1.eml",
        "mail.eml/Our bid – part 1.eml/prices.csv",
    ]


def test_an_attachment_cannot_name_a_place_outside():
    mail = message(bid__md=b"We test.")
    data = bytes(mail).replace(b'"bid.md"', b'"../../etc/bid.md"')
    assert told(data, "mail.eml")[1] == ("mail.eml/etc/bid.md", "We test.")


def test_a_sealed_e_mail_says_so():
    data = b"From: a@b\nTo: c@d\nSubject: x\nDate: x\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nAAAA"
    assert "encrypted or sealed" in told(data, "a.eml")[0][1]


def test_a_message_of_very_many_parts_is_refused_before_they_are_told_apart():
    mail = message(**{f"a{number}__md": b"We test." for number in range(5)})
    ((path, why),) = told(bytes(mail), "mail.eml", entries=4)
    assert (path, "'entries'" in why) == ("mail.eml", True)


def test_each_document_of_a_pack_has_its_path_and_a_bad_one_costs_only_itself(packed):
    inner = packed({"lot 1/bid.md": "We will test."})
    pack = packed(
        {
            "Annex A/prices.csv": "Support,5",
            "b.zip": inner,
            "broken.docx": "PK\x03\x04 nothing",
            "__MACOSX/._b.md": "x",
            ".DS_Store": "x",
            "photo.jpg": "x",
        }
    )
    assert told(pack, "pack.zip") == [
        ("pack.zip/Annex A/prices.csv", "Support\t5"),
        ("pack.zip/b.zip/lot 1/bid.md", "We will test."),
        (
            "pack.zip/broken.docx",
            "the file is a broken ZIP archive; open it in the program that made it and save it again",
        ),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_documents_of_one_name_are_both_read():

    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("bid.md", "First.")
        archive.writestr("bid.md", "Second.")
    assert told(stream.getvalue(), "pack.zip") == [("pack.zip/bid.md", "First."), ("pack.zip/bid.md (2)", "Second.")]


def test_a_pack_without_documents_says_so(packed):
    ((path, why),) = told(packed({"photo.jpg": "x"}), "pack.zip")
    assert (path, why.startswith("the pack holds no document")) == ("pack.zip", True)
