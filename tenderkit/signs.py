"""
What a sentence looks like: small things that anyone can see, by name, from which its stance can be learned.

How it opens, who does what in its main clause, two words side by side, single words, its last mark, what the cues
said, what introduces it, the headings above it and the kind of document it stands in. Which words stand for
themselves, and which for a class, is told by a vocabulary's `cues/shapes.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.main_clause import Verbs, is_word, main_clause, make_verbs, third_person
from tenderkit.resources import cues_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenderkit.evidence import Judgement
    from tenderkit.language import Sentence
    from tenderkit.resources import Mistakes, Node
    from tenderkit.roles import Role

SHAPES = "shapes.yml"
_VERBS = frozenset("""
    will shall must should would can could may might is are was were has have had do does did need needs
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen
_MARKS = frozenset('!"$%&(),-./:;?[]£–—•✓')
_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = ((6, "ing", "⟨-ing⟩"), (5, "ed", "⟨-ed⟩"), (5, "ly", "⟨-ly⟩"))  # more letters than that, ending, kind
_LONG = 6  # words a step of length
_LONGEST = 6  # steps; the last has no end
_MOST_WORDS = 50_000  # whose kinds are remembered
_SHORTEST_WORD = 3  # characters
_HEADINGS = 2  # above a sentence, whose words count
_WORD = re.compile(r"[a-z]+")
_ENDS = {".": "a full stop", "?": "a question mark", ":": "a colon", ";": "a semicolon", "word": "no mark"}
_REFERENCE = re.compile(r"[A-Z]{1,4}-?\d[\d.]*|\d+(?:\.\d+)+\.?")  # "R5", "1.8.5": where it stands, not what it says

Signs = dict[str, tuple[int, int] | None]  # where each stands, as tokens of the block


NO_VERBS = make_verbs((), (), {})


@dataclass(frozen=True, slots=True)
class Shapes:
    """
    Which words stand for themselves in signs, and the class of the others.

    Attributes:
        words: Function words and the few nouns that tell who acts.
        classes: By word, its class.
        verbs: The forms of verbs, and the classes of those who act.
    """

    words: frozenset[str]
    classes: Mapping[str, str]
    verbs: Verbs = NO_VERBS
    _known: dict[tuple[str, str, bool], str] = field(default_factory=dict, compare=False, repr=False)

    def kind(self, word: str, text: str, *, opens: bool) -> str:
        """Return what a word counts as; *text* is it as written, and *opens* the sentence or not."""
        key = word, text, opens
        if key not in self._known:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            self._known[key] = self._kind(word, text, opens=opens)
        return self._known[key]

    def _kind(self, word: str, text: str, *, opens: bool) -> str:
        if word in self.words or word in _MARKS:
            return word
        if not word[0].isalnum():
            return "⟨mark⟩"
        known = self.classes.get(word)
        if known:
            return f"⟨{known}⟩"
        if any(letter.isdigit() for letter in word):
            return "⟨year⟩" if _YEAR.fullmatch(word) else "⟨number⟩"
        if text[0].isupper() and not opens:
            return "⟨name⟩"
        return next((kind for least, end, kind in _KINDS if word.endswith(end) and len(word) >= least), "⟨word⟩")


def signs(sentence: Sentence, shapes: Shapes, role: Role | None = None, lead_in: Judgement | None = None) -> Signs:
    """
    Return the signs of a sentence by name, with where they stand.

    Args:
        sentence: With its block, whose kind and headings are signs too.
        shapes: Which words stand for what.
        role: Of the document, where it is known.
        lead_in: What introduces the sentence, where something does.
    """
    words, base = sentence.said, sentence.first
    texts = sentence.tokens.texts[base : sentence.last]
    if len(words) > 1 and _REFERENCE.fullmatch(texts[0]):
        words, texts, base = words[1:], texts[1:], base + 1
    opening = next((i for i, word in enumerate(words) if is_word(word)), len(words))
    kinds = [shapes.kind(word, text, opens=i == 0) for i, (word, text) in enumerate(zip(words, texts, strict=True))]
    found: Signs = {}

    def add(name: str, first: int = -1, last: int = -1) -> None:
        if name not in found:
            found[name] = (base + first, base + last) if last > first >= 0 else None

    if opening < len(words):
        add("opens with a capital" if texts[opening][0].isupper() else "opens with a small letter")
        add(f"opens: {words[opening]}", opening, opening + 1)
        for length in (1, 2):
            last = min(opening + length, len(words))
            add(f"opens: {' '.join(kinds[opening:last])}", opening, last)
    add(f"ends: {words[-1] if not words[-1][0].isalnum() else 'word'}")
    add(f"length: {min(_LONGEST, sum(word[0].isalpha() for word in words) // _LONG)}")
    if any(mark in sentence.text for mark in '"“”'):
        add("quotation")
    verb = next((i for i, word in enumerate(words) if word in _VERBS), None)
    if verb is None:
        add("verb: none")
    else:
        add(f"verb: {words[verb]}", verb, verb + 1)
        add(f"verb: {' '.join(kinds[max(0, verb - 1) : verb + 1])}", max(0, verb - 1), verb + 1)
        add(f"verb: {' '.join(kinds[verb : verb + 2])}", verb, min(verb + 2, len(words)))
    for i, kind in enumerate(kinds):
        if kind in {"⟨word⟩", "⟨name⟩"} and len(words[i]) >= _SHORTEST_WORD and words[i].isalpha():
            add(f"word: {words[i]}", i, i + 1)
        if kind != "⟨word⟩":
            add(f"has: {kind}", i, i + 1)
        if i + 1 < len(kinds):
            add(f"has: {kind} {kinds[i + 1]}", i, i + 2)
    clause = main_clause(words, texts, shapes.verbs)
    add(f"says: {clause.verb}", clause.first, clause.last)
    add(f"who: {clause.subject}")
    add(f"clause: {clause.subject} {clause.verb}", clause.first, clause.last)
    if clause.opening:
        add(f"{clause.opening} …, {clause.verb}", clause.first, clause.last)
    add(f"block: {sentence.block.kind.value}")
    if lead_in is not None and lead_in.decided:
        add(f"introduced by: {lead_in.stance.value} {lead_in.force:d}")
    for heading in sentence.block.section[-_HEADINGS:]:
        for word in _WORD.findall(heading.lower()):
            add(f"under: {word}")
    if role is not None:
        add(f"role: {role.value}")
        add(f"{role.value}, block: {sentence.block.kind.value}")
        last = min(opening + 1, len(words))
        add(f"{role.value}, opens: {' '.join(kinds[opening:last])}", opening, last)
        add(f"{role.value}, says: {clause.verb}", clause.first, clause.last)
        add(f"{role.value}, clause: {clause.subject} {clause.verb}", clause.first, clause.last)
    return found


def of_rules(ruled: Judgement, role: Role | None) -> Signs:
    """Return the signs that the rules' judgement is."""
    found: Signs = {f"rules: {ruled.stance.value} {ruled.force:d}": None, f"rules: {ruled.stance.value}": None}
    if role is not None:
        found[f"{role.value}, rules: {ruled.stance.value}"] = None
    return found


def in_words(name: str) -> str:
    """
    Return what a sign without a place says, for a person.

    >>> in_words("tender, block: list item"), in_words("ends: ."), in_words("under: scope")
    ('list item of a tender', 'ends with a full stop', 'under a heading with “scope”')
    """
    kind, _, value = name.partition(": ")
    owner, _, part = kind.rpartition(", ")
    of = f" of a {owner}" if owner else ""
    if part in {"rules", "introduced by"}:
        stance = value.rstrip(" 0123456789").replace("negated", "denial")
        return f"{stance} by its cues{of}" if part == "rules" else f"introduced as {stance}"
    if part == "length":
        least = int(value) * _LONG
        return f"{least} words or more" if least == _LONGEST * _LONG else f"{least} to {least + _LONG - 1} words"
    told = {
        "role": f"in a {value}",
        "block": f"{value}{of}",
        "ends": f"ends with {_ENDS.get(value, f'“{value}”')}",
        "under": f"under a heading with “{value}”",
        "verb": "no verb such as “will” or “is”",
        "who": "nobody acts" if value == "none" else f"who acts counts as “{value}”",
        "says": f"no verb in its main clause{of}",
        "clause": f"no verb in its main clause{of}",
        "opens": f"opens with no word{of}",
    }
    return told.get(part, name)


def load_shapes(name: str, lists: Mapping[str, frozenset[str]], mistakes: Mistakes) -> Shapes | None:
    """Return a vocabulary's shapes, or None where it has none; *lists* are those of its cue files."""
    file = cues_folder(name) / SHAPES
    node = read_yaml(file, f"cues/{SHAPES}", mistakes) if file.is_file() else None
    if node is None:
        return None
    part = node.mapping(("words", "classes"), ("verbs", "irregular", "subjects"))
    classes: dict[str, str] = {}
    for kind, listed in part["classes"].pairs() if "classes" in part else ():
        for key in listed.texts():
            if key not in lists:
                listed.wrong(f"No cue file has a list '{key}'. Known: {', '.join(sorted(lists))}.")
            classes |= {word: kind for word in lists.get(key, ()) if word not in classes}
    thirds = {third_person(word): "does" for word, kind in classes.items() if kind == "do"}
    words = frozenset(part["words"].texts() if "words" in part else ())
    return Shapes(words, {**thirds, **classes}, _verbs(part))


def _verbs(part: Mapping[str, Node]) -> Verbs:
    subjects = {
        word: kind
        for kind, listed in (part["subjects"].pairs() if "subjects" in part else ())
        for word in listed.texts()
    }
    base, irregular = (part[key].texts() if key in part else () for key in ("verbs", "irregular"))
    return make_verbs(base, irregular, subjects)
