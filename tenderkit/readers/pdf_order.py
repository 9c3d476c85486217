"""Lines into stacks and rows: what stands below one another, what stands side by side, and in which order to read."""

from __future__ import annotations

from dataclasses import dataclass

from tenderkit.readers import marks
from tenderkit.readers.pdf_lines import Line
from tenderkit.readers.pdf_measure import Measures

_CELL_LINES = 25  # a cell taller than this is a column


@dataclass(slots=True)
class Stack:
    """Lines below one another that share a left part of the page."""

    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def top(self) -> float:
        return max(line.y for line in self.lines)

    @property
    def bottom(self) -> float:
        return min(line.y for line in self.lines)


def stacks_of(lines: list[Line], measures: Measures) -> list[list[Stack]]:
    """
    Return the stacks of a page in reading order; those that are cells of one table row stand together.

    The order of the file is kept, which is nearly always the order of reading, but for two columns that the
    file draws line by line across both.
    """
    lines = _uncrossed(_with_marks_joined(lines))
    stacks: list[Stack] = []
    for line in lines:
        if stacks and _below(stacks[-1], line, measures):
            stacks[-1].lines.append(line)
        else:
            stacks.append(Stack([line]))
    groups: list[list[Stack]] = []
    for stack in stacks:
        if groups and _beside(groups[-1], stack):
            groups[-1].append(stack)
        else:
            groups.append([stack])
    return groups


def _same_baseline(first: Line, second: Line) -> bool:
    return abs(first.y - second.y) <= 0.35 * max(first.size, second.size)


def _with_marks_joined(lines: list[Line]) -> list[Line]:
    """Join a bullet or number that stands apart with the text to its right."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and _same_baseline(last, line) and last.right <= line.left + 1 and _is_mark(last.text):
            joined[-1] = Line(
                f"{last.text} {line.text}", last.left, line.right, line.y, line.size, line.bold, line.hyphened, last.first, line.last
            )
        else:
            joined.append(line)
    return joined


def _is_mark(text: str) -> bool:
    if marks.is_bullet_alone(text):
        return True
    return len(text) <= 12 and marks.split_marker(text + " x").mark == text or marks.heading_number(text + " X") == text.rstrip(".")


def _below(stack: Stack, line: Line, measures: Measures) -> bool:
    """Tell whether *line* goes on below the last line of *stack*."""
    last = stack.lines[-1]
    if last.hyphened and line.y < last.y:
        return True
    drop = last.y - line.y
    if drop <= 0.35 * line.size:
        return False
    overlap = min(stack.right, line.right) - max(stack.left, line.left)
    return overlap > 0 and drop <= 3.5 * measures.leading(line.size)


def _beside(group: list[Stack], stack: Stack) -> bool:
    """Tell whether *stack* is the next cell of the row that *group* is."""
    last = group[-1]
    if len(stack.lines) > _CELL_LINES or len(last.lines) > _CELL_LINES or stack.left < last.right:
        return False
    size = stack.lines[0].size
    top, bottom = max(each.top for each in group), min(each.bottom for each in group)
    level = abs(stack.top - top) <= 0.6 * size
    centred = stack.bottom - 0.6 * size <= bottom and stack.top + 0.6 * size >= top
    inside = stack.bottom >= bottom - 0.6 * size and stack.top <= top + 0.6 * size
    return level or centred or inside


def _uncrossed(lines: list[Line]) -> list[Line]:
    """Put two columns that were drawn line by line one after the other."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        run = _crossing_run(lines, index)
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
