"""
Rules, as people write them: a folder a pack, a file a rule, `<pack>/<CODE>-<name>.yml`; all data, no code.

A pack may have a `pack.yml` with a title and with `lists` of words that its rules name as `$name`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tenderkit.checks import KINDS, find_kind
from tenderkit.checks.phrases import PhraseSet, read_phrases
from tenderkit.errors import MistakesError, UsageError
from tenderkit.resources import Mistakes, data_folder, nearest, read_yaml
from tenderkit.roles import Role
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from tenderkit.checks import Check
    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

_NAME = re.compile(r"^([A-Z]{2,6}\d{3})-([a-z0-9]+(?:-[a-z0-9]+)*)\.yml$")
_FACT = re.compile(r"\{(\w*)\}")
REQUIRED = ("kind", "severity", "message", "why", "instead", "source", "flags", "passes")
OPTIONAL = ("applies-to", "from-words", "asked-where", "once-per", "from-times")
_ONCE_PER = ["section", "document"]
_PACK = "pack.yml"
_LOOK_ALIKE = str.maketrans("OIL", "011")  # what is typed for a digit of a code
_STATES = ("tracked", "hidden", "comment")


@dataclass(frozen=True, slots=True)
class Example:
    """
    A passage that a rule must flag, or must pass.

    Attributes:
        text: Lines as `document.passage` reads them.
        where: The file and line it stands at.
        state: "tracked" for a document with tracked changes, "hidden" or "comment" where the text is hidden in it or
            a comment on it; else empty.
        tender: What it answers, for a bid that repeats a tender.
    """

    text: str
    where: str
    state: str = ""
    tender: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """Phrases of which a document must have so many, for a rule to be asked of it."""

    says: PhraseSet
    times: int

    def opens(self, text: Text) -> bool:
        """Tell whether the document has enough of them."""
        return sum(1 for lines in text.lines for _ in self.says.find(lines)) >= self.times


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule, ready to run.

    Attributes:
        code: As "TK301"; unique.
        name: As "placeholder-left".
        pack: The folder it stands in.
        kind: One of `checks.KINDS`.
        severity: How grave its findings are.
        message: One sentence; `{found}` and other facts of its kind are put in.
        why: Why it matters.
        instead: What to do.
        sources: Where one can read that it is so.
        roles: The documents it is for; all of them when empty.
        from_words: How long a document must be for it to be asked.
        asked_where: What a document must say, and how often, for it to be asked; None to ask all.
        once_per: "section" or "document" where its findings are gathered into one for each; empty to tell each.
        from_times: How often it must be broken there to be told.
        assesses: Whether it asks what was found of the outcomes.
        flags: Passages it must flag.
        passes: Near-misses it must pass.
        check: Finds the places.
    """

    code: str
    name: str
    pack: str
    kind: str
    severity: Severity
    message: str
    why: str
    instead: str
    sources: tuple[str, ...]
    roles: tuple[Role, ...]
    from_words: int
    asked_where: Gate | None
    once_per: str
    from_times: int
    assesses: bool
    flags: tuple[Example, ...]
    passes: tuple[Example, ...]
    check: Check

    def asks(self, text: Text, role: Role) -> bool:
        """Tell whether the rule is for a document of this role, length and content."""
        fits = (not self.roles or role in self.roles) and text.document.words >= self.from_words
        return fits and (self.asked_where is None or self.asked_where.opens(text))

    def message_for(self, facts: Iterable[tuple[str, str]]) -> str:
        """Return the message with its facts put in, each once and as it is."""
        known = dict(facts)
        return _FACT.sub(lambda found: known.get(found[1], found[0]), self.message)


def load_rules(folder: str | None = None) -> tuple[Rule, ...]:
    """
    Load the rules that travel with tenderkit, or those of a folder, in the order of their codes.

    Args:
        folder: One that holds packs, or is a pack itself.

    Raises:
        MistakesError: With every mistake in every file, as `file:line: what. What to do.`
        UsageError: When there is no such folder, or no rule in it.

    >>> [rule.name for rule in load_rules() if rule.code == "TK301"]
    ['placeholder-left']
    """
    mistakes = Mistakes()
    rules: dict[str, Rule] = {}
    seen: dict[str, str] = {}
    for pack in _packs(folder):
        lists = _read_lists(pack, mistakes)
        for file in sorted(pack.iterdir(), key=lambda entry: entry.name):
            if file.name == _PACK or not file.name.endswith((".yml", ".yaml")):
                continue
            label = f"{pack.name}/{file.name}"
            named = _NAME.match(file.name)
            if not named:
                mistakes.add(label, 1, "Not the name of a rule. Call the file as in 'TK301-placeholder-left.yml'.")
                continue
            code, name = named.groups()
            if code in seen:
                mistakes.add(label, 1, f"{code} is the code of {seen[code]} too. Give it another one.")
            seen[code] = label
            node = read_yaml(file, label, mistakes)
            rule = _read_rule(node, code, name, pack.name, lists) if node else None
            if rule:
                rules[code] = rule
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    if not rules:
        raise UsageError(
            f"'{folder}' holds no rule. Name a folder with packs in it, as in 'rules/our-pack/XY001-name.yml'."
        )
    return tuple(rules[code] for code in sorted(rules))


def with_own(*folders: str | None) -> tuple[Rule, ...]:
    """
    Return our rules, and behind them those of each folder that is named.

    Raises:
        UsageError: When a code of theirs is taken already.
    """
    rules = load_rules()
    for folder in folders:
        more = load_rules(folder) if folder else ()
        taken = {rule.code for rule in rules} & {rule.code for rule in more}
        if taken:
            raise UsageError(f"'{folder}' uses the code {min(taken)}, which is taken. Give the rule another one.")
        rules = (*rules, *more)
    return rules


def choose(rules: Iterable[Rule], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """
    Return the rules that are selected and not ignored; a rule is named by code, the beginning of one, pack or name.

    Raises:
        UsageError: When a word names no rule.

    >>> [rule.code for rule in choose(load_rules(), ["TK301,TK302"], ["placeholder-left"])]
    ['TK302']
    """
    rules = tuple(rules)
    wanted, unwanted = named(rules, select), named(rules, ignore)
    return tuple(rule for rule in rules if (not wanted or rule.code in wanted) and rule.code not in unwanted)


def named(rules: Sequence[Rule], words: Iterable[str]) -> set[str]:
    """
    Return the codes of the rules that *words* name, each a code, the beginning of one, a pack or a name; by commas.

    Raises:
        UsageError: When one names no rule; the nearest name is offered.

    >>> sorted(named(load_rules(), ["tk30,OJEU"]))[-2:]
    ['TK309', 'TK403']
    """
    codes: set[str] = set()
    for word in (part.strip() for listed in words for part in listed.split(",")):
        code, name = word.upper(), word.lower()
        found = {
            rule.code
            for rule in rules
            if name in {rule.pack.lower(), rule.name.lower()} or (code and rule.code.upper().startswith(code))
        }
        if not found:
            known = [*{name: None for rule in rules for name in (rule.code, rule.pack, rule.name)}]
            meant = word.upper().translate(_LOOK_ALIKE)
            hint = nearest(meant if meant in known else word, known)
            raise UsageError(f"No rule or pack '{word}'.{hint} List them with 'tenderkit rules list'.")
        codes |= found
    return codes


def _packs(folder: str | None) -> Iterator[Traversable]:
    root: Traversable = data_folder("rules") if folder is None else Path(folder)
    if not root.is_dir():
        raise UsageError(f"There is no folder '{folder}'. Name one with packs of rules in it.")
    if any(_NAME.match(entry.name) for entry in root.iterdir()):
        yield root
    yield from sorted((entry for entry in root.iterdir() if entry.is_dir() and entry.name[0] not in "._"),
                      key=lambda entry: entry.name)  # fmt: skip


def _read_lists(pack: Traversable, mistakes: Mistakes) -> dict[str, tuple[str, ...]]:
    file = pack / _PACK
    node = read_yaml(file, f"{pack.name}/{_PACK}", mistakes) if file.is_file() else None
    head = node.mapping(("title",), ("lists",)) if node else {}
    return {name: value.texts() for name, value in head["lists"].pairs()} if "lists" in head else {}


def _read_rule(node: Node, code: str, name: str, pack: str, lists: Mapping[str, tuple[str, ...]]) -> Rule | None:
    kind_node = next((value for key, value in node.pairs() if key == "kind"), None) if node.is_mapping else None
    kind = kind_node.text() if kind_node else ""
    if kind not in KINDS:
        if kind_node:
            kind_node.wrong(f"No kind '{kind}'.{nearest(kind, [*KINDS])} Known: {', '.join(KINDS)}.")
        else:
            node.wrong(f"'kind' is missing. Add it: one of {', '.join(KINDS)}.")
        return None
    module = find_kind(kind)
    part = node.mapping((*REQUIRED, *module.REQUIRED), (*OPTIONAL, *module.OPTIONAL))

    def text(key: str) -> str:
        return " ".join(part[key].text().split()) if key in part else ""

    once_per = _once_per(part.get("once-per"))
    return Rule(
        code=code,
        name=name,
        pack=pack,
        kind=kind,
        severity=_severity(part.get("severity")),
        message=_message(part.get("message"), (*module.FACTS, *(("times", "more") if once_per else ()))),
        why=text("why"),
        instead=text("instead"),
        sources=_sources(part.get("source")),
        roles=_roles(part.get("applies-to")),
        from_words=int(part["from-words"].number()) if "from-words" in part else 0,
        asked_where=_gate(part.get("asked-where"), lists),
        once_per=once_per,
        from_times=int(part["from-times"].number()) if "from-times" in part else 1,
        assesses=module.ASSESSES,
        flags=_examples(part.get("flags"), "flags"),
        passes=_examples(part.get("passes"), "passes"),
        check=module.read(part, lists),
    )


def _gate(node: Node | None, lists: Mapping[str, tuple[str, ...]]) -> Gate | None:
    part = node.mapping(("says", "times")) if node else {}
    says = read_phrases(part.get("says"), lists)
    return Gate(says, int(part["times"].number())) if says and "times" in part else None


def _once_per(node: Node | None) -> str:
    said = node.text() if node else ""
    if node and said not in _ONCE_PER:
        node.wrong(f"'{said}' gathers nothing.{nearest(said, _ONCE_PER)} Write one of: {', '.join(_ONCE_PER)}.")
    return said


def _severity(node: Node | None) -> Severity:
    known = [severity.value for severity in Severity]
    said = node.text() if node else Severity.WARNING.value
    if said in known:
        return Severity(said)
    if node:
        node.wrong(f"No severity '{said}'.{nearest(said, known)} Known: {', '.join(known)}.")
    return Severity.WARNING


def _message(node: Node | None, facts: tuple[str, ...]) -> str:
    message = " ".join(node.text().split()) if node else ""
    for fact in _FACT.findall(message):
        if node and fact not in facts:
            known = ", ".join(f"{{{name}}}" for name in facts) or "none"
            node.wrong(f"The message names '{{{fact}}}'.{nearest(fact, [*facts])} Known here: {known}.")
    return message


def _sources(node: Node | None) -> tuple[str, ...]:
    sources = []
    for item in node.items() if node else ():
        source = item.text()
        if not source.startswith(("https://", "http://")) and source != "tenderkit":
            item.wrong("Not an address. Write https://…, or 'tenderkit' where the rule is our own advice.")
        sources.append(source)
    return tuple(sources)


def _roles(node: Node | None) -> tuple[Role, ...]:
    known = [role.value for role in Role]
    roles = []
    for item in node.items() if node else ():
        said = item.text()
        if said in known:
            roles.append(Role(said))
        else:
            item.wrong(f"No role '{said}'.{nearest(said, known)} Known: {', '.join(known)}.")
    return tuple(roles)


def _examples(node: Node | None, key: str) -> tuple[Example, ...]:
    examples = []
    for item in node.items() if node else ():
        where = f"{item.label}:{item.line}"
        if item.is_mapping:
            part = item.mapping((), (*_STATES, "bid", "tender"))
            state, text = next(((key, value.text()) for key, value in part.items() if key != "tender"), ("", ""))
            tender = part["tender"].text() if "tender" in part else ""
            examples.append(Example(text, where, state if state in _STATES else "", tender))
        else:
            examples.append(Example(item.text(), where))
    if node and not examples:
        node.wrong(f"'{key}' has no example. Write at least one: a rule is believed by its examples.")
    return tuple(examples)
