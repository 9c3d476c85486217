"""E-mails: what is said in two ways is read once, and all that is said once is read."""

import pytest

from tenderkit.readers import read

HEAD = "From: a@example.org\nTo: b@example.org\nSubject: Our bid\nMIME-Version: 1.0\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n\n{}\n"
PAGE = "Content-Type: text/html; charset=utf-8\n\n<style>p {{ color: red }}</style><p>{}</p>\n"
PROMISE = "We will test every release with screen readers by March 2027, and tell residents what we found."


def parts(kind, *inner):
    body = "".join(f"--{kind}\n{one}" for one in inner)
    return f'Content-Type: multipart/{kind}; boundary="{kind}"\n\n{body}--{kind}--\n'


def said(body):
    document = read((HEAD + body).encode(), "bid.eml")
    return [block.text for block in document.blocks[1:]], [one.why for one in document.unread]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (PLAIN.format(PROMISE), [PROMISE]),
        (PAGE.format(PROMISE), [PROMISE]),
        (parts("alternative", PLAIN.format(PROMISE), PAGE.format(PROMISE)), [PROMISE]),
        (parts("alternative", PLAIN.format("See the page."), PAGE.format(PROMISE)), [PROMISE]),
        (parts("alternative", PLAIN.format(""), PAGE.format(PROMISE)), [PROMISE]),
        (parts("mixed", PLAIN.format("Hello."), PAGE.format(PROMISE)), ["Hello.", PROMISE]),
        (
            parts("mixed", parts("alternative", PLAIN.format(PROMISE), PAGE.format(PROMISE)), PLAIN.format("Regards")),
            [PROMISE, "Regards"],
        ),
        (
            parts("alternative", PLAIN.format(PROMISE), parts("related", PAGE.format(PROMISE))),
            [PROMISE],
        ),
    ],
)
def test_what_is_said_is_read_once(body, texts):
    assert said(body) == (texts, [])


def test_text_that_is_not_read_is_told():
    texts, unread = said(parts("mixed", PLAIN.format(PROMISE), "Content-Type: text/enriched\n\nMore of it.\n"))
    assert (texts, unread) == ([PROMISE], ["a part of the message (text/enriched)"])
