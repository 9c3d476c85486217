"""What presentations of every format have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind

if TYPE_CHECKING:
    from tenderkit.readers.limits import Limits


def add_slide(
    builder: DocumentBuilder,
    anchor: Anchor,
    limits: Limits,
    *,
    title: DocumentBuilder,
    body: DocumentBuilder,
    notes: DocumentBuilder,
    hidden: bool,
) -> None:
    """
    Add one slide: its title as a heading, its body, and its speaker's notes as one footnote.

    A slide that is skipped in the show becomes one hidden text.
    """
    for part in (title, body, notes):
        builder.hidden.extend(part.hidden)
    name = " ".join(block.text for block in title.blocks)
    note = " ".join(block.text.replace("\t", " ") for block in notes.blocks)
    if hidden:
        quote = " ".join([name, *(block.text.replace("\t", " ") for block in body.blocks), note]).strip()
        if quote:
            builder.hidden.append(Hidden(anchor.page, quote[: limits.quote], "hidden slide"))
        return
    builder.add(Kind.HEADING, name, anchor=anchor, level=1)
    for block in body.blocks:
        kind, level = (block.kind, block.level) if block.kind is not Kind.HEADING else (Kind.HEADING, block.level + 1)
        builder.add(kind, block.text, anchor=block.anchor, level=min(level, 6))
    builder.add(Kind.FOOTNOTE, note, anchor=anchor)
