"""A number in a spreadsheet as a person sees it: Excel's formats of money, shares, dates and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne

# Formats that Excel does not write out, by number (ECMA-376, 18.8.30).
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%",
    10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[(?P<condition>[<>=]+)(?P<bound>-?[\d.]+)\]|\[[^\]]*\]|_.|\*.|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DIGITS = re.compile(r"[#0?](?:[#0?,.]*[#0?.])?(?P<scale>,*)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_TESTS = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq, "<>": ne}
_LATEST = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a number format: what stands before and after the digits, and the bound from which it counts."""

    code: str
    literals: tuple[tuple[int, str], ...]
    condition: str = ""
    bound: float = 0.0
    elapsed: bool = False


def show(value: str, code: str, *, from_1904: bool = False) -> str:
    """
    Return how a cell shows the number *value* under the number format *code*; dates are written out.

    A format that shows nothing (";;;") gives an empty string; one that is not understood gives the plain number.

    >>> show("1234.5", '"£"#,##0.00'), show("0.25", "0%"), show("46112", "dd/mm/yyyy"), show("7.1000000000000005", "")
    ('£1,234.50', '25%', '31 March 2026', '7.1')
    >>> show("5", ";;;"), show("-3", "0;(0)"), show("0.75", "h:mm"), show("2000000", '#,,"M"')
    ('', '(3)', '18:00', '2M')
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if not code or code.lower() in ("general", "@"):
        return f"{number:.15g}"
    sections = [_section(part) for part in _split(code)]
    section, plain = _choose(sections, number)
    if not section.code.strip() and not section.literals:
        return ""
    letters = section.code.lower()
    if section.elapsed or re.search(r"[ymdhs]", letters):
        return _date(number, letters, from_1904=from_1904) or f"{number:.15g}"
    return _number(number if plain else abs(number), section)


def _split(code: str) -> list[str]:
    """Split a format at the semicolons outside quotes."""
    parts = [""]
    for piece in re.findall(r'"[^"]*"|\\.|;|[^";\\]+|.', code, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts[:4]


def _section(part: str) -> _Section:
    code, literals, condition, bound, elapsed = "", [], "", 0.0, False
    for found in _TOKEN.finditer(part):
        literal = found["quoted"] or found["escaped"] or found["currency"] or ""
        if found["condition"]:
            condition = found["condition"]
            try:
                bound = float(found["bound"])
            except ValueError:
                condition = ""
        elif found["elapsed"]:
            elapsed, code = True, code + found["elapsed"]
        elif literal:
            literals.append((len(code), literal))
        elif found["other"]:
            if found["other"] in "£$€¥()+-:/ ":
                literals.append((len(code), found["other"]))
            else:
                code += found["other"]
    return _Section(code, tuple(literals), condition, bound, elapsed)


def _choose(sections: list[_Section], number: float) -> tuple[_Section, bool]:
    """Return the section for *number*, and whether its sign is to be shown."""
    if any(section.condition for section in sections):
        for section in sections:
            test = _TESTS.get(section.condition)
            if test is None or test(number, section.bound):
                return section, True
        return sections[-1], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


def _number(number: float, section: _Section) -> str:
    """Lay the digits out and put the literals around them."""
    code = section.code
    found = _DIGITS.search(code)
    if "E" in code.upper() or (found and "?" in found.group() and "." not in found.group()):
        return f"{number:.15g}"  # powers of ten and fractions
    if not found:
        return "".join(literal for _, literal in section.literals).strip() or code.strip()
    digits = found.group()
    percent = "%" in code
    decimals = digits.rstrip(",").partition(".")[2]
    try:
        amount = Decimal(repr(number)) * (100 if percent else 1) / (Decimal(1000) ** len(found["scale"]))
        amount = amount.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except InvalidOperation:
        return f"{number:.15g}"
    text = f"{abs(amount):,f}" if "," in digits.rstrip(",") else f"{abs(amount):f}"
    while "." in text and decimals.endswith(("#", "?")) and text.endswith("0"):
        text, decimals = text[:-1], decimals[:-1]
    before = "".join(literal for place, literal in section.literals if place <= found.start())
    after = "".join(literal for place, literal in section.literals if place > found.start())
    sign = "-" if amount < 0 else ""
    return f"{sign}{before.strip()}{text.rstrip('.')}{'%' if percent else ''}{after.rstrip()}"


def _date(number: float, letters: str, *, from_1904: bool) -> str:
    """Return the date, the time of day, or both, whichever the format asks for; nothing for what is no date."""
    if not 0 <= number <= _LATEST:
        return ""
    days = "y" in letters or "d" in letters or "mmm" in letters
    hours = "h" in letters or "s" in letters
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
    try:
        moment = start + timedelta(days=number, microseconds=500)
    except OverflowError:
        return ""
    if not from_1904 and number < 60:
        moment += timedelta(days=1)  # Excel has a 29 February 1900
    shown = []
    if days:
        day = f"{moment.day} " if "d" in letters else ""
        year = f" {moment.year}" if "y" in letters else ""
        shown.append(f"{day}{_MONTHS[moment.month - 1]}{year}" if "m" in letters or day else f"{moment.year}")
    if hours:
        shown.append(f"{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if "s" in letters else ""))
    return " ".join(shown)
