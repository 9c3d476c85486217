"""Rules as text: the list of them, and the page of one."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tenderkit.checks import KINDS, find_kind, first_line
from tenderkit.reports.lines import WIDTH
from tenderkit.rules import OPTIONAL, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.rules import Rule


def render_list(rules: Iterable[Rule]) -> str:
    """Return the rules a line each, pack by pack."""
    lines: list[str] = []
    pack = None
    for rule in sorted(rules, key=lambda rule: (rule.pack, rule.code)):
        if rule.pack != pack:
            lines += ["", rule.pack] if lines else [rule.pack]
            pack = rule.pack
        lines.append(f"  {rule.code}  {rule.severity.value:7}  {rule.name}")
    return "".join(f"{line}\n" for line in lines)


def render_kinds(rules: Iterable[Rule]) -> str:
    """Return what each kind finds, its keys, what a message of it may name in braces, and rules of ours as examples."""
    examples: dict[str, list[str]] = {}
    for rule in rules:
        examples.setdefault(rule.kind, []).append(rule.code)
    lines = [*textwrap.wrap(f"Every rule has: {', '.join(REQUIRED)}. It may have: {', '.join(OPTIONAL)}.", WIDTH), ""]
    for name in KINDS:
        kind = find_kind(name)
        lines += textwrap.wrap(first_line(kind), WIDTH, initial_indent=f"{name}: ", subsequent_indent="  ")
        facts = [f"{{{fact}}}" for fact in kind.FACTS]
        rows = (("keys", kind.REQUIRED), ("may have", kind.OPTIONAL), ("message may name", facts))
        for title, words in (*rows, ("for example", examples.get(name, ())[:3])):
            text = f"{title}: {', '.join(words)}"
            lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ") if words else []
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def render_rule(rule: Rule) -> str:
    """Return the page of a rule: what it says, why, what to do, where that stands, and its examples."""
    lines = [f"{rule.code} {rule.name}", f"{rule.severity.value}, pack {rule.pack}, kind {rule.kind}", ""]
    if rule.roles:
        lines[1] += f", for {' and '.join(role.value for role in rule.roles)}"
    if rule.from_words:
        lines[1] += f", from {rule.from_words:,} words"
    if rule.asked_where:
        lines[1] += f", where it names its subject {rule.asked_where.times} times"
    for title, text in (("Says", rule.message), ("Why", rule.why), ("Instead", rule.instead)):
        lines += [*textwrap.wrap(f"{title}: {text}", WIDTH, subsequent_indent="  "), ""]
    lines += [*(f"Source: {source}" for source in rule.sources), ""]
    for title, examples in (("Flags", rule.flags), ("Passes", rule.passes)):
        lines.append(f"{title}:")
        for example in examples:
            first, *more = example.text.splitlines()
            lines += [f"  - {first}", *(f"    {line}" for line in more)]
    return "".join(f"{line}\n" for line in lines)
