"""Tells text in another language: it is read as words, but nothing of it is understood."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.document import Block

# Words that nearly every sentence has, and that no English sentence has.
_SMALL_WORDS = {
    name: frozenset(words.split())
    for name, words in {
        "Welsh": "yn yr mae bydd wedi gyda oes ym mewn ei eu ar gyfer drwy fydd hyn sydd yw gan neu rhaid fel",
        "Irish": "agus na ar leis seo sin bhfuil atá gach trí nó mar tá ag chun beidh faoi idir",
        "Gaelic": "agus anns airson leis bidh gach tha ann nan gu bho aig mar seo sin chan eil",
        "French": "le la les des une est et dans pour que qui sur avec par sont du au aux ce cette nous doit être",
        "German": "der das und ist ein eine nicht mit für von zu auf wird werden sind dem den des sich wir muss",
        "Spanish": "el los las del una es en para con que y se su sus como más debe será este esta",
        "Italian": "il gli della delle di una è con che sono nel nella si dei dal alla deve questo sulla anche",
        "Portuguese": "os das dos uma é em para com que não ao pela são como deve será mais este esta",
        "Dutch": "het een zijn voor wordt niet dat op aan worden door ook moet wij bij",
        "Polish": "na się jest oraz nie dla że przez są być jak lub od przy które ich",
    }.items()
}
_ENGLISH = frozenset("the of and to in for is that with be as by on are or will this we shall it from".split())  # noqa: SIM905
_WORD = re.compile(r"[^\W\d_]+")
_PLAINLY_ENGLISH = 0.12  # of all words are such as the five most common ones; of English text a sixth or more
_COMMONEST = (" the ", " of ", " and ", " to ", " in ")
_FEWEST = 60  # words of a document; of fewer nothing is told
_FEWEST_SMALL = 3  # small words of a block
_SHARE = 0.12  # of a block's words are small words of the other language
_TELLING, _MOST, _NEARLY_ALL = 0.2, 0.5, 0.8  # of a document's words


def set_apart(blocks: Sequence[Block]) -> tuple[list[Block], str]:
    """
    Return the blocks, those in another language marked as such, and how much that is; as they are, of an English text.

    >>> from tenderkit.document import passage
    >>> said = "Le fournisseur doit assurer la formation des agents et protéger des données dans les communes. " * 9
    >>> (block,), why = set_apart(passage(said).blocks)
    >>> block.kind.value, why
    ('foreign', 'nearly all of it seems to be in French; tenderkit reads English only')
    >>> set_apart(passage("The supplier shall train the staff of the council in all of its services. " * 9).blocks)[1]
    ''
    """
    sizes = [block.text.count(" ") + 1 for block in blocks]
    words = sum(sizes)
    lowered = (f" {block.text.lower()} " for block in blocks)
    common = sum(text.count(word) for text in lowered for word in _COMMONEST)
    if words < _FEWEST or common >= _PLAINLY_ENGLISH * words:
        return [*blocks], ""
    found = [(block, size, _language(block.text)) for block, size in zip(blocks, sizes, strict=True)]
    many: Counter[str] = Counter()
    for _, size, language in found:
        if language:
            many[language] += size
    share = many.total() / words
    if share < _TELLING:
        return [*blocks], ""
    much = "nearly all" if share > _NEARLY_ALL else "most" if share > _MOST else "much"
    page = next(block.anchor.page for block, _, language in found if language)
    where = f", from page {page}" if page and page > 1 else ""
    named = " and ".join(language for language, _ in many.most_common(2))
    apart = [replace(block, kind=Kind.FOREIGN, level=0) if language else block for block, _, language in found]
    return apart, f"{much} of it seems to be in {named}{where}; tenderkit reads English only"


def _language(text: str) -> str:
    """Return the other language that a text is in; empty where it is English, or nothing tells."""
    words = _WORD.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    small = {name: sum(map(own.__contains__, words)) for name, own in _SMALL_WORDS.items()}
    name, many = max(small.items(), key=lambda item: item[1])
    return name if many >= max(_FEWEST_SMALL, _SHARE * len(words), 2 * english) else ""
