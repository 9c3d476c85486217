"""Markdown: rendered to HTML by markdown-it (CommonMark with tables), then read as HTML is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from tenderkit.readers.html import LINE, Lines, fill_from_markup
from tenderkit.readers.textual import decode

if TYPE_CHECKING:
    from tenderkit.document import DocumentBuilder
    from tenderkit.readers.limits import Limits

_FRONT_MATTER = re.compile(r"\s*(---\n(?:.*\n)*?(?:---|\.\.\.)|\+\+\+\n(?:.*\n)*?\+\+\+)[ \t]*(?:\n|$)")
_LOOSENED = re.compile(  # code, which stays as it is; marks of a heading without a space behind; marks of footnotes
    r"(?P<code>^[ \t>*+-]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[\s\S]*?(?:^[ \t>]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]+(?P=ticks))"
    r"|^(?P<marks>#{2,6})(?=[^\W_])"
    r"|^\[\^[\w-]+\]:[ \t]*|(?<=\S)[ \t]?\[\^[\w-]+\]",
    re.MULTILINE,
)
_NESTING = 100_000  # its own bound drops what lies deeper in silence; nesting too deep for Python is told
_TASK = re.compile(r"(<li>\s*(?:<p>)?)\[([ xX])\](?=\s)")


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the blocks of a Markdown file to *builder*; front matter and comments are no content."""
    text, note = decode(data, most=limits.characters)
    if note:
        builder.notes.append(note)
    front = _FRONT_MATTER.match(text)
    if (front and ":" in front.group()) or (front and "=" in front.group()):
        text = "\n" * front.group().count("\n") + text[front.end() :]
    text = _LOOSENED.sub(_loosen, text)
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "inline":
            token.attrSet(LINE, str(token.map[0] + 1))
    markup = parser.renderer.render(tokens, parser.options, {})
    markup = _TASK.sub(lambda found: found.group(1) + ("☐" if found.group(2) == " " else "☒"), markup)
    fill_from_markup(markup, builder, limits, Lines.MARKED)


def _loosen(found: re.Match[str]) -> str:
    """Return "## Scope" for "##Scope", as older dialects read it, and nothing for the mark of a footnote."""
    return found["code"] or (f"{found['marks']} " if found["marks"] else "")
