"""E-mails: the subject as a heading, then the body; attachments are documents of their own."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from email.errors import MessageError
from email.message import EmailMessage
from itertools import groupby
from typing import TYPE_CHECKING

from tenderkit.document import DocumentBuilder, Kind, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers import html, text
from tenderkit.readers.textual import clean, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tenderkit.readers.limits import Limits

_NAMED = 12  # more are counted, not named
_PARTS = 10_000  # of one message
_QUOTED = re.compile(r"^(?:> ?)+")
_PART = re.compile(rb"^content-type\s*:", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")
_READ = frozenset({"text/plain", "text/html"})
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})


def check(data: bytes, limits: Limits) -> None:
    """
    Check how many parts a message has, before the slow work of telling them apart.

    Raises:
        UnreadableError: When they are too many.
    """
    parts = len(_PART.findall(data))
    if parts > limits.entries:
        raise limits.exceeded("entries", f"the message has {parts:,} parts")


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the subject and the body of a message to *builder*: of what it says in two ways, its plain text if it can."""
    check(data, limits)
    message = _parse(data)
    if message.get_content_type() in _LOCKED:
        raise UnreadableError("it is an encrypted or sealed e-mail; open it in the mail program and save what is in it")
    builder.add(Kind.HEADING, _header(message, "subject"), level=1)
    for kind, content in _chosen(_bodies(message, builder)):
        if kind == "text/html":
            html.fill_from_markup(content, builder, limits)
        elif kind == "text/plain":
            _fill_plain(content, builder, limits)
        else:
            builder.unread.append(Unread(None, f"a part of the message ({kind})"))
    builder.notes[:] = dict.fromkeys(builder.notes)
    if note := _note_on_attachments(message):
        builder.notes.append(note)


def _chosen(bodies: Iterable[tuple[str, str, int]]) -> list[tuple[str, str]]:
    """
    Return the type and the text of each part to read, in their order: of alternatives one.

    The plain text is chosen unless the page says far more: "Your program cannot show this message." is no bid.
    """
    parts = list(bodies)
    words: dict[tuple[int, str], int] = Counter()
    for kind, content, group in parts:
        if group:
            words[group, kind] += _words(content, kind)
    preferred = {
        group: "text/html" if many > 2 * words[group, "text/plain"] else "text/plain"
        for group in {group for group, _ in words}
        if (many := words[group, "text/html"]) or words[group, "text/plain"]
    }
    return [(kind, content) for kind, content, group in parts if preferred.get(group, kind) == kind]


def _words(content: str, kind: str) -> int:
    """Return about how many words a part shows; of a page without its tags and styles."""
    if kind == "text/html":
        first, *rest = content.split("<style")
        content = _TAG.sub(" ", first + " ".join(part.partition("</style>")[2] for part in rest))
    return len(content.split())


def _fill_plain(content: str, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the text of a message; what it quotes of another ("> ...") is a notice, for its author did not write it."""
    for quoted, lines in groupby(content.splitlines(), key=lambda line: line.startswith(">")):
        if not quoted:
            text.fill("\n".join(lines).encode(), builder, limits, numbered=False)
            continue
        holder = DocumentBuilder(most=limits.characters)
        text.fill("\n".join(_QUOTED.sub("", line) for line in lines).encode(), holder, limits, numbered=False)
        for block in holder.blocks:
            builder.add(Kind.NOTICE, block.text)


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of everything attached to a message; a message in a message comes whole."""
    yield from _attached(_parse(data))


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, (part, _) in enumerate(_leaves(message), start=1):
        name = _filename(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(first := inner[0], EmailMessage):
                title = name or f"{_header(first, 'subject') or f'message {number}'}"
                yield (title if title.lower().endswith(".eml") else f"{title}.eml"), _bytes_of(first)
        elif name or part.get_content_disposition() == "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload:
                yield name or f"attachment {number}", payload


def _note_on_attachments(message: EmailMessage) -> str:
    """Return a sentence that names what is attached, or nothing."""
    names = list(dict.fromkeys(name for name, _ in _attached(message)))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    named = ", ".join(names[:_NAMED])
    return (
        f"Attached to it, of which documents are read by themselves and pictures are not: {named}{more}."
        if names
        else ""
    )


def _parse(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data.lstrip(), policy=email.policy.default)


def _leaves(message: EmailMessage) -> Iterator[tuple[EmailMessage, int]]:
    """
    Yield the parts that are no containers, each with the number of the alternatives that it is one of, or 0.

    A message inside the message is one part.
    """
    stack = [(message, 0)]
    count = groups = 0
    while stack and count < _PARTS:
        part, group = stack.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            if part.get_content_subtype() == "alternative" and not group:
                groups += 1
                group = groups
            stack.extend((one, group) for one in reversed(inner) if isinstance(one, EmailMessage))
        else:
            count += 1
            yield part, group


def _bodies(message: EmailMessage, builder: DocumentBuilder) -> Iterator[tuple[str, str, int]]:
    """Yield the type of each part that is no attachment, its text where it can be read, and its alternatives."""
    for part, group in _leaves(message):
        inline = part.get_content_disposition() != "attachment" and not _filename(part)
        if part.get_content_maintype() == "text" and inline:
            kind = part.get_content_type()
            yield kind, _text(part, builder) if kind in _READ else "", group


def _text(part: EmailMessage, builder: DocumentBuilder) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    content, note = decode(payload, part.get_content_charset() or "")
    if note:
        builder.notes.append(note)
    return content


def _header(message: EmailMessage, name: str) -> str:
    """Return a header as text; one that breaks the rules is given as it stands."""
    try:
        value = str(message[name] or "")
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):  # the parser's own slips
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name), "")
    return " ".join(clean(value).split())


def _filename(part: EmailMessage) -> str:
    try:
        return " ".join(clean(part.get_filename() or "").split())
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""


def _bytes_of(message: object) -> bytes:
    try:
        return bytes(message)  # type: ignore[call-overload, no-any-return]
    except (ValueError, LookupError, TypeError):
        return str(message).encode("utf-8", "replace")
