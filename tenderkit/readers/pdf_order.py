"""Lines into stacks and rows: what stands below one another, what stands side by side, and in which order to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tenderkit.readers import marks
from tenderkit.readers.pdf_lines import Line

if TYPE_CHECKING:
    from tenderkit.readers.pdf_measure import Measures

_CELL_LINES = 25  # a cell taller than this is a column
_COLUMN_LINES = 6  # two columns that stop earlier are read as a table's row: both orders read well
_MOST = 150  # groups of a page that are compared with each other; one with more is a drawing
_FAR = 3.5  # times the usual distance of two lines: what stands further below begins something else


@dataclass(slots=True)
class Stack:
    """
    Lines of one size below one another, without a gap.

    Attributes:
        lines: From the top down.
        leading: Distance from baseline to baseline inside it, in points.
        margin: How far to the right lines of its column go.
    """

    lines: list[Line]
    leading: float = 0.0
    margin: float = 0.0
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        first = self.lines[0]
        self.left, self.right = first.left, first.right
        for line in self.lines[1:]:
            self.left, self.right = min(self.left, line.left), max(self.right, line.right)

    def add(self, line: Line) -> None:
        """Put a line below the others."""
        self.lines.append(line)
        self.left = min(self.left, line.left)
        self.right = max(self.right, line.right)

    @property
    def top(self) -> float:
        """Baseline of the first line."""
        return self.lines[0].y

    @property
    def bottom(self) -> float:
        """Baseline of the last line."""
        return self.lines[-1].y


def stacks_of(lines: list[Line], measures: Measures) -> list[list[Stack]]:
    """
    Return the stacks of a page in reading order; those that are cells of one table row stand together.

    The order of the file is kept, which is nearly always the order of reading, but for two columns that the
    file draws line by line across both.
    """
    columns: list[Stack] = []
    for line in _uncrossed(_with_marks_joined(lines)):
        if columns and _below(columns[-1], line, measures):
            columns[-1].add(line)
        else:
            columns.append(Stack([line]))
    groups: list[list[Stack]] = []
    for column in columns:
        for stack in _parted(column, measures):
            if groups and _beside(groups[-1], stack):
                groups[-1].append(stack)
            else:
                groups.append([stack])
    return _settled(groups)


def _settled(groups: list[list[Stack]]) -> list[list[Stack]]:
    """
    Put what stands above, in the same column, before what stands below.

    Some files draw a heading, or the head of a page, after what it stands over.
    """
    tops = [group[0].top if len(group) == 1 else max([stack.top for stack in group]) for group in groups]
    if len(groups) > _MOST or tops == sorted(tops, reverse=True):
        return groups
    places = [_place(group) for group in groups]
    wrong = {
        at: {
            other
            for other in range(len(groups))
            if other != at and _stands_over(*sorted((places[at], places[other]), key=lambda place: -place[2]))
            and (places[at][2] > places[other][2]) == (at > other)
        }
        for at in range(len(groups))
    }  # fmt: skip
    moved = []
    while any(wrong.values()):  # take out the one that stands wrong to most, or of two the shorter
        out = max(wrong, key=lambda at: (len(wrong[at]), -sum(len(line.text) for line in groups[at][0].lines)))
        moved.append(out)
        del wrong[out]
        for others in wrong.values():
            others.discard(out)
    order = list(wrong)
    for each in sorted(moved):
        below = next((at for at, other in enumerate(order) if _stands_over(places[each], places[other])), None)
        over = [at for at, other in enumerate(order) if _stands_over(places[other], places[each])]
        order.insert(below if below is not None else over[-1] + 1 if over else len(order), each)
    return [groups[at] for at in order]


def _place(group: list[Stack]) -> tuple[float, float, float, float, float]:
    """Return left, right, top and bottom of a group, and the size of its type."""
    left, right = min(stack.left for stack in group), max(stack.right for stack in group)
    top, bottom = max(stack.top for stack in group), min(stack.bottom for stack in group)
    return left, right, top, bottom, group[0].lines[0].size


def _stands_over(
    upper: tuple[float, float, float, float, float], lower: tuple[float, float, float, float, float]
) -> bool:
    """Tell whether one group stands above another and in the same column."""
    shared = min(upper[1], lower[1]) - max(upper[0], lower[0])
    narrower = max(1.0, min(upper[1] - upper[0], lower[1] - lower[0]))
    return upper[3] > lower[2] + 0.5 * upper[4] and shared > 0.5 * narrower


def _parted(column: Stack, measures: Measures) -> list[Stack]:
    """Return the parts of a column between gaps and changes of size."""
    if len(column.lines) == 1:
        (line,) = column.lines
        column.leading, column.margin = measures.leading(line.size), line.right
        return [column]
    leading = _own_leading(column)
    margins: dict[int, float] = {}
    for line in column.lines:
        margins[round(line.size)] = max(margins.get(round(line.size), 0.0), line.right)
    stacks: list[Stack] = []
    for line in column.lines:
        last = stacks[-1].lines[-1] if stacks else None
        usual = leading or measures.leading(line.size)
        if last is not None and _same_size(last, line) and (last.hyphened or last.y - line.y <= 1.25 * usual + 0.5):
            stacks[-1].add(line)
        else:
            stacks.append(Stack([line], usual, margins[round(line.size)]))
    return stacks


def _own_leading(column: Stack) -> float:
    """Return the distance between lines that a column of running text shows by itself, or 0."""
    if len(column.lines) < 4:
        return 0.0
    width = column.right - column.left
    if sum(line.right - column.left > 0.8 * width for line in column.lines) < 0.6 * len(column.lines):
        return 0.0
    drops = Counter(round(2 * (above.y - below.y)) / 2 for above, below in pairwise(column.lines))
    most = max(drops.values())
    return min(drop for drop, times in drops.items() if times >= 0.4 * most) if most > 1 else 0.0


def _same_size(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) <= 0.1 * max(first.size, second.size)


def _same_baseline(first: Line, second: Line) -> bool:
    apart = first.y - second.y
    return -0.35 * first.size <= apart <= 0.35 * first.size or abs(apart) <= 0.35 * second.size


def _with_marks_joined(lines: list[Line]) -> list[Line]:
    """Join a bullet or number that stands apart with the text to its right, and touching parts of one line."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _same_baseline(last, line)
            and line.left - last.right >= -1
            and (
                line.left - last.right < 0.8 * line.size
                or (line.left - last.right < 4 * line.size and _is_mark(last.text))
            )
        ):
            size, bold = (
                (line.size, line.bold) if len(line.text) > len(last.text) else (last.size, last.bold and line.bold)
            )
            text = f"{last.text} {line.text}"
            joined[-1] = Line(text, last.left, line.right, last.y, size, bold, line.hyphened, last.first, line.last)
        else:
            joined.append(line)
    return joined


def _is_mark(text: str) -> bool:
    if marks.is_bullet_alone(text):
        return True
    if len(text) > 12:
        return False
    return marks.split_marker(text + " x").mark == text or marks.heading_number(text + " X") == text.rstrip(".")


def _below(stack: Stack, line: Line, measures: Measures) -> bool:
    """Tell whether *line* goes on below the last line of *stack*."""
    last = stack.lines[-1]
    drop = last.y - line.y
    if last.hyphened and drop > 0:
        return True
    if drop <= 0.35 * line.size or drop > _FAR * measures.leading(line.size):
        return False
    return min(last.right, line.right) > max(last.left, line.left) or min(stack.right, line.right) > max(
        stack.left, line.left
    )


def _beside(group: list[Stack], stack: Stack) -> bool:
    """Tell whether *stack* is the next cell of the row that *group* is."""
    last = group[-1]
    if stack.left < last.right or len(stack.lines) > _CELL_LINES or len(last.lines) > _CELL_LINES:
        return False
    if len(group) == 1 and _are_two_columns(last, stack):
        return False
    slack = 0.6 * stack.lines[0].size
    top, bottom = max(each.top for each in group), min(each.bottom for each in group)
    around = stack.bottom - slack <= bottom and stack.top + slack >= top
    inside = stack.bottom >= bottom - slack and stack.top <= top + slack
    return abs(stack.top - top) <= slack or around or inside


def _are_two_columns(left: Stack, right: Stack) -> bool:
    """Tell whether two stacks side by side are running text in two columns, rather than cells of a table."""
    few, many = sorted((len(left.lines), len(right.lines)))
    if few < _COLUMN_LINES or few < 0.5 * many:
        return False
    narrow, wide = sorted((left.right - left.left, right.right - right.left))
    if narrow < 0.85 * wide or abs(left.lines[0].size - right.lines[0].size) > 0.5:
        return False
    return all(
        sum(line.right - line.left > 0.75 * (stack.right - stack.left) for line in stack.lines) > 0.6 * len(stack.lines)
        for stack in (left, right)
    )


def _uncrossed(lines: list[Line]) -> list[Line]:
    """Put two columns that were drawn line by line one after the other."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        beside = index + 1 < len(lines) and _same_baseline(lines[index], lines[index + 1])
        run = _crossing_run(lines, index) if beside else []
        if len(run) >= 8 and _are_columns(run):
            out.extend(run[0::2])
            out.extend(run[1::2])
            index += len(run)
        else:
            out.append(lines[index])
            index += 1
    return out


def _crossing_run(lines: list[Line], start: int) -> list[Line]:
    """Return the longest run from *start* that goes left, right, left, right with the same two left edges."""
    end = start
    while end + 1 < len(lines):
        first, second = lines[end], lines[end + 1]
        fits = abs(first.left - lines[start].left) < 3 and abs(second.left - lines[start + 1].left) < 3
        if not (fits and _same_baseline(first, second) and second.left > first.right):
            break
        end += 2
    return lines[start:end]


def _are_columns(run: list[Line]) -> bool:
    """Tell whether a crossing run is running text in two columns rather than a table of short entries."""
    for side in (run[0::2], run[1::2]):
        width = max(line.right for line in side) - side[0].left
        full = sum(line.right - line.left > 0.75 * width for line in side)
        if full < 0.6 * len(side) or sum(len(line.text) for line in side) < 25 * len(side):
            return False
    return True
