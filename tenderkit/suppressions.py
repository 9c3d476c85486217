"""
Comments in a document that accept findings: `tenderkit: ignore TK301 reason`, and `ignore-file` for all of it.

Text hides nothing from whoever reads a bid: what the pack `integrity` finds, no comment in the document accepts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.document import NOTES_BY
from tenderkit.errors import UsageError
from tenderkit.findings import Acceptance, Acceptor, Notice
from tenderkit.rules import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.document import Document, Remark
    from tenderkit.findings import Checked, Finding
    from tenderkit.rules import Rule

NEVER = "integrity"  # the pack that no comment silences
_MOST = 500  # comments that are heeded; a document that has more wants a baseline, or means no good

# "tenderkit: ignore TK301,TK302 why" but not "tenderkit ignores this"; codes are parted by commas, then a space; Word
# makes "Tenderkit" of a comment's first word
_COMMENT = re.compile(
    r"\s*tenderkit\s*:\s*(ignore-file|ignore)\b[ \t]*([\w-]+(?:\s*,\s*[\w-]+)*)?[\s:;.,–—-]*(.*)",
    re.DOTALL | re.IGNORECASE,
)
_BEGINS = re.compile(r"\s*tenderkit\s*:", re.IGNORECASE)


@dataclass(slots=True)
class _Wish:
    """A comment that accepts findings of some rules, and whether one was found."""

    remark: Remark
    codes: frozenset[str]
    whole: bool
    reason: str
    used: bool = False

    def covers(self, finding: Finding) -> bool:
        """Tell whether the finding is of one of its rules, and in its file or block."""
        if finding.rule.code not in self.codes:
            return False
        if self.whole or finding.start is None or self.remark.start is None or self.remark.end is None:
            return self.whole
        return self.remark.start <= finding.start < self.remark.end


def is_meant_for_us(remark: Remark) -> bool:
    """
    Tell whether a comment speaks to tenderkit, and not to people; what `tenderkit annotate` wrote does not.

    >>> from tenderkit.document import Remark
    >>> is_meant_for_us(Remark("tenderkit: ignore TK301 the date is set at signing")), is_meant_for_us(Remark("Why?"))
    (True, False)
    """
    return remark.author != NOTES_BY and _BEGINS.match(remark.text) is not None


def suppress(checked: Checked, rules: Sequence[Rule], known: Sequence[Rule]) -> Checked:
    """
    Return a document with the findings accepted that its comments accept, and with what is wrong with such comments.

    A comment without a reason, or with a rule that does not exist, has no effect.

    Args:
        checked: The document with its findings.
        rules: Those that were asked: a comment on another one is not told to be without use.
        known: Every rule that there is.
    """
    notices: list[Notice] = []
    ours = [remark for remark in checked.document.remarks if is_meant_for_us(remark)]
    wishes = [wish for remark in ours[:_MOST] if (wish := _read(checked.document, remark, known, notices))]
    if len(ours) > _MOST:
        notices.append(Notice(f"Of {len(ours):,} comments for tenderkit, only the first {_MOST} are heeded."))
    if not wishes and not notices:
        return checked

    def accepted(finding: Finding) -> Finding:
        wish = next((wish for wish in wishes if wish.covers(finding)), None)
        if wish is None or finding.rule.pack == NEVER:
            return finding
        wish.used = True
        return replace(finding, accepted=Acceptance(Acceptor.INLINE, wish.reason))

    changed = checked.change(accepted)
    asked = {rule.code for rule in rules}
    notices += [
        _notice(checked.document, wish.remark, f"{_shown(wish.remark)} accepts nothing. Remove it.")
        for wish in wishes
        if not wish.used and wish.codes <= asked
    ]
    return replace(changed, notices=(*checked.notices, *notices))


def _read(document: Document, remark: Remark, known: Sequence[Rule], notices: list[Notice]) -> _Wish | None:
    """Read a comment that is meant for us; one without effect is told in *notices*."""
    found = _COMMENT.match(remark.text)
    wrong = ""
    codes: set[str] = set()
    if not found or not found[2]:
        wrong = "names no rule. Write for instance 'tenderkit: ignore TK301 the date is set at signing'."
    elif not found[3].strip():
        wrong = "gives no reason, so it has no effect. Write one behind the rule."
    else:
        try:
            codes = named(known, [found[2]])
        except UsageError as error:
            wrong = f"has no effect: {error}"
        refused = sorted(rule.code for rule in known if rule.code in codes and rule.pack == NEVER)
        if refused:
            wrong = f"cannot accept {refused[0]}: no comment in a document hides what is not honest in it."
    if wrong or not found:
        notices.append(_notice(document, remark, f"{_shown(remark)} {wrong}"))
        return None
    return _Wish(remark, frozenset(codes), found[1].lower() == "ignore-file", found[3].strip())


def _shown(remark: Remark) -> str:
    text = remark.text.strip()
    return f"The comment '{text if len(text) <= 60 else text[:57].rstrip() + ' …'}'"


def _notice(document: Document, remark: Remark, message: str) -> Notice:
    if remark.start is None:
        return Notice(message)
    block = document.blocks[bisect_right([block.start for block in document.blocks], remark.start) - 1]
    return Notice(message, block.anchor, block.section)
