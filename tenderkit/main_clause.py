"""
Who does what in a sentence: the subject and the first finite verb of its main clause, found without a parser.

A few rules of English word order over a list of verbs, not a grammar: an opening clause or phrase is passed over up to
its comma, so is a relative clause behind the subject, and an opening base form commands. What they miss counts as
"none" and decides nothing by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MODALS = frozenset({"will", "shall", "must", "should", "would", "can", "could", "may", "might"})
_BE = {"is": "is", "are": "is", "am": "is", "was": "was", "were": "was"}
_HAVE = {"has": "has", "have": "has", "had": "had"}
_DO = {"does": "does", "do": "does", "did": "did"}
_NEED = frozenset({"need", "needs", "require", "requires"})
_WANT = frozenset("""
    want wants aim aims hope hopes plan plans intend intends wish wishes seek seeks expect expects
""".split())  # fmt: skip  # noqa: SIM905
_DETERMINERS = frozenset("""
    the a an this these those that each every all any some no our your their its his her my both another such many most
    several few one two three four five more other
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen
_PREPOSITIONS = frozenset("""
    of in on at for with by from as into about across after before between during through under over within without
    via per against among towards upon
""".split())  # fmt: skip  # noqa: SIM905
_SUBORDINATORS = frozenset("""
    if when where while although though as once because whenever wherever unless until since whether to
""".split())  # fmt: skip  # noqa: SIM905
_CONDITIONS = frozenset({"if", "unless", "when", "where", "whenever", "wherever", "to"})
_ADVERBS = frozenset("""
    not also always already currently now often then only never still just both all finally first further however and
    but so or
""".split())  # fmt: skip  # noqa: SIM905
_RELATIVES = frozenset({"that", "which", "who", "where", "whose"})
_LEADING = frozenset({"it", "they", "this", "these", "that", "there", "he", "she", "those", "what", "who", "which"})
_PLURALS = frozenset({"we", "they", "you", "i", "users", "people", "teams"})
_AGENT = frozenset({"by", "to", "with", "as", "under", "from"})  # behind "done" where it only describes
_OPENS_OBJECT = frozenset({"that", "how", "and"})
_LABEL_WORDS = 7  # a label before a colon has no more
_CLAUSE_WORDS = 35  # an opening clause has no more
_OPENING_CLAUSES = 3
_SUBJECT_WORDS = 8  # of a fragment, in which its subject is looked for
_DOUBLES = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@dataclass(frozen=True, slots=True)
class Verbs:
    """
    The forms of the verbs that a vocabulary lists, and the classes of subjects.

    Attributes:
        base: As in "to test".
        third: As in "it tests".
        doing: As in "testing".
        done: As in "tested", past or participle.
        subjects: By noun, the class of those who act ("supplier", "buyer", "people" …).
    """

    base: frozenset[str]
    third: frozenset[str]
    doing: frozenset[str]
    done: frozenset[str]
    subjects: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MainClause:
    """
    Who does what.

    Attributes:
        subject: "we", "our", "you", a class of `Verbs.subjects`, "name", "thing", "things", "none" …
        verb: "imperative", "will", "must not", "is done", "has done", "does", "done" …, or "none".
        opening: The word that opens a condition or purpose before it, or "".
        first: The verb's first word; half-open with *last*, counted in the sentence.
        last: Just past its last word; as *first* where there is none.
    """

    subject: str
    verb: str
    opening: str = ""
    first: int = 0
    last: int = 0


def make_verbs(base: Iterable[str], irregular: Iterable[str], subjects: Mapping[str, str]) -> Verbs:
    """
    Return the forms of verbs; *irregular* are lines such as "write wrote written".

    >>> verbs = make_verbs(["apply", "stop", "write"], ["write wrote written"], {})
    >>> sorted(verbs.done), sorted(verbs.doing)
    (['applied', 'stoped', 'stopped', 'written', 'wrote'], ['applying', 'stoping', 'stopping', 'writing'])
    """
    known = {line.split()[0]: line.split()[1:] for line in irregular}
    listed = frozenset(base) | frozenset(known)
    return Verbs(
        base=listed,
        third=frozenset(third_person(verb) for verb in listed) - frozenset({*_BE, *_HAVE, *_DO}),
        doing=frozenset(form for verb in listed for form in _with_ending(verb, "ing")),
        done=frozenset(form for verb in listed for form in known.get(verb, _with_ending(verb, "ed")))
        - frozenset({*_BE, *_HAVE, *_DO, "been"})
        - listed,
        subjects=subjects,
    )


def is_word(token: str) -> bool:
    """
    Tell whether a token in lower case is a word, and no mark, number or letter that numbers an item.

    >>> [is_word(token) for token in ("we", "a", "b", "3", "(")]
    [True, True, False, False, False]
    """
    return (token[0].isalpha() and len(token) > 1) or token in {"a", "i"}


def third_person(verb: str) -> str:
    """
    Return the third person of a verb.

    >>> [third_person(verb) for verb in ("train", "publish", "apply", "deploy")]
    ['trains', 'publishes', 'applies', 'deploys']
    """
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if _CONSONANT_Y.search(verb) else f"{verb}s"


def _with_ending(verb: str, ending: str) -> tuple[str, ...]:
    """Return a verb with "ed" or "ing", with its last letter doubled as well where it may be."""
    if verb.endswith("e") and not (ending == "ing" and verb.endswith("ee")):
        return (f"{verb[:-1]}{ending}",)
    if ending == "ed" and _CONSONANT_Y.search(verb):
        return (f"{verb[:-1]}ied",)
    return (f"{verb}{ending}", *([f"{verb}{verb[-1]}{ending}"] if _DOUBLES.search(verb) else []))


def main_clause(words: Sequence[str], texts: Sequence[str], verbs: Verbs) -> MainClause:
    """
    Find the main clause.

    Args:
        words: Of one sentence, in lower case, contractions undone.
        texts: The same as written.
        verbs: The forms that are known.

    >>> verbs = make_verbs(["train", "test", "buy"], [], {"suppliers": "supplier"})
    >>> def tried(text):
    ...     found = main_clause(text.lower().split(), text.split(), verbs)
    ...     return found.subject, found.verb
    >>> tried("In 2025 , we have trained 300 residents ."), tried("Suppliers that buy devices must test them .")
    (('we', 'has done'), ('supplier', 'must'))
    """
    return _Reading(words, texts, verbs).find()


class _Reading:
    """One sentence on its way to a `MainClause`."""

    def __init__(self, words: Sequence[str], texts: Sequence[str], verbs: Verbs) -> None:
        self._words = words
        self._texts = texts
        self._verbs = verbs

    def find(self) -> MainClause:
        start, opening = self._start()
        if start >= len(self._words):
            return MainClause("none", "none", opening)
        command = self._without_subject(start)
        if command:
            return MainClause("none", command, opening, start, start + 1)
        skips = False  # the verb of a relative clause
        for k in range(start, len(self._words)):
            word = self._words[k]
            if word == ";":
                break
            if word in _RELATIVES and k > start:
                skips = True
                continue
            verb, last = self._finite(k, start)
            if verb and not skips:
                return MainClause(self._subject(start, k), verb, opening, k, last)
            skips = skips and not verb
        return MainClause(self._subject(start, min(len(self._words), start + _SUBJECT_WORDS)), "none", opening)

    def _start(self) -> tuple[int, str]:
        """Return where the main clause begins, and the word that opens a condition before it."""
        i = self._next_word(0)
        colon = next((j for j in range(i, min(len(self._words), i + _LABEL_WORDS)) if self._words[j] == ":"), None)
        if colon is not None and colon + 2 < len(self._words):
            i = self._next_word(colon + 1)
        opening = ""
        for _ in range(_OPENING_CLAUSES):
            i = self._past_adverbs(i)
            word = self._words[i] if i < len(self._words) else ""
            if word not in _SUBORDINATORS and word not in _PREPOSITIONS:
                break
            comma = next(
                (k for k in range(i + 1, min(len(self._words), i + _CLAUSE_WORDS)) if self._words[k] == ","), 0
            )
            if not comma:
                break
            opening = word if word in _CONDITIONS else opening
            i = comma + 1
        return self._past_adverbs(i), opening

    def _next_word(self, i: int) -> int:
        while i < len(self._words) and not is_word(self._words[i]):
            i += 1
        return i

    def _past_adverbs(self, i: int) -> int:
        """Return the place past adverbs and their commas, but not past the sentence's last word."""
        while i + 1 < len(self._words) and (_is_adverb(self._words[i]) or self._words[i] == ","):
            i += 1
        return i

    def _without_subject(self, i: int) -> str:
        """Return what a clause that opens with a verb is: a command, a purpose, a question or what was done."""
        word = self._words[i]
        after = self._words[i + 1] if i + 1 < len(self._words) else ""
        if word == "please" or (word in self._verbs.base and not self._is_subject_noun(word, after)):
            return "imperative"
        if word == "to":
            return "to"
        if word in self._verbs.done:
            return "done"
        if word in _MODALS or word in _BE or word in _HAVE or word in _DO:
            return "imperative" if (word, after) == ("do", "not") else "question"
        return ""

    @staticmethod
    def _is_subject_noun(word: str, after: str) -> bool:
        return word in _NEED or after in _MODALS or after in _BE or after in {"has", "have", "of", ""}

    def _finite(self, k: int, start: int) -> tuple[str, int]:
        """Return the finite verb that begins at *k* and the place past it, or an empty string."""
        word = self._words[k]
        if word in _MODALS:
            return self._modal(k)
        if word in _BE or word in _HAVE:
            return self._auxiliary(k)
        if k == start:
            return "", k
        if word in _DO:
            after = self._past_adverbs(k + 1)
            return (f"{_DO[word]}{' not' if self._denies(k + 1, after) else ''}", after)
        before = self._words[k - 1]
        named = (before in _DETERMINERS and before not in _RELATIVES) or before in _PREPOSITIONS
        if word in _NEED and not named:
            return "needs", k + 1
        if word in _WANT and not named:
            return "wants", k + 1
        return (self._plain(k, before), k + 1) if not named else ("", k)

    def _modal(self, k: int) -> tuple[str, int]:
        after = self._past_adverbs(k + 1)
        verb = f"{self._words[k]}{' not' if self._denies(k + 1, after) else ''}"
        if self._words[after : after + 1] == ["be"] and self._at(after + 1) in self._verbs.done:
            return f"{verb} be done", self._past_adverbs(after + 1) + 1
        return verb, after

    def _auxiliary(self, k: int) -> tuple[str, int]:
        word = self._words[k]
        after = self._past_adverbs(k + 1)
        verb = _BE.get(word) or _HAVE[word]
        if word in _BE and self._denies(k + 1, after):
            verb += " not"
        then = self._words[after] if after < len(self._words) else ""
        if then in self._verbs.done or (word in _HAVE and then == "been"):
            return f"{verb} done", after + 1
        if word in _BE and (then in self._verbs.doing or then == "being"):
            return f"{verb} doing", after + 1
        return (f"{verb} to", after + 1) if then == "to" else (verb, k + 1)

    def _plain(self, k: int, before: str) -> str:
        """Return "done", "does" or "do" where a full verb stands as one, and no noun or participle."""
        word = self._words[k]
        after = self._words[k + 1] if k + 1 < len(self._words) else ""
        if word in self._verbs.done:
            return "done" if after not in _AGENT and before not in {"and", "or"} else ""
        opens = after in _DETERMINERS or after in _PREPOSITIONS or after in _OPENS_OBJECT
        if word in self._verbs.third and before not in {"and", "or", ","}:
            return "does" if opens or before in _LEADING or self._texts[k - 1][0].isupper() else ""
        if word in self._verbs.base and (
            before in _PLURALS or before in _RELATIVES or _is_adverb(before) or before.endswith("s")
        ):
            return "do" if opens or before in _PLURALS or before in _RELATIVES else ""
        return ""

    def _at(self, i: int) -> str:
        i = self._past_adverbs(i)
        return self._words[i] if i < len(self._words) else ""

    def _denies(self, first: int, last: int) -> bool:
        return "not" in self._words[first:last]

    def _subject(self, first: int, last: int) -> str:
        words = self._words[first:last]
        if not words:
            return "none"
        if words[0] in {"we", "i"}:
            return "we"
        if "our" in words[:2]:
            return "our"
        if words[0] in {"you", "your"} or (len(words) == 1 and words[0] in _LEADING):
            return words[0]
        return self._head(words, first)

    def _head(self, words: Sequence[str], first: int) -> str:
        """Return the class of the noun that a subject is about: its last word before "of", a comma and their like."""
        head = -1
        for j, word in enumerate(words):
            if head >= 0 and (word in _PREPOSITIONS or word in _RELATIVES or word in {"(", ",", "and"}):
                break
            if word[0].isalpha() and not _is_adverb(word):
                head = j
        if head < 0:
            return "mark"
        noun, text = words[head], self._texts[first + head]
        if noun in self._verbs.subjects:
            return self._verbs.subjects[noun]
        if text[0].isupper() and (first + head > 0 or not text[1:].islower()):
            return "name"
        if noun in self._verbs.doing:
            return "doing"
        return "things" if noun.endswith("s") else "thing"


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or (word.endswith("ly") and len(word) > len("only"))
