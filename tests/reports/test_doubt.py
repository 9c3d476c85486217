"""Where no passage of a theme is sure by itself, every report that shows its best quote says so."""

from dataclasses import replace

import pytest

from tenderkit.annotate.notes import find_notes
from tenderkit.reports import Format, compare, render

DOUBT = "it counts because other passages say so too"


@pytest.fixture
def backed(one):
    """Return a report of one document in which the first theme that is stated counts as others back it."""
    (document,) = one.documents
    outcomes = [*document.scorecard.outcomes]
    place, theme = next((i, theme) for i, each in enumerate(outcomes) for theme in each.themes if theme.level >= 2)
    themes = tuple(replace(each, backed=each is theme) for each in outcomes[place].themes)
    outcomes[place] = replace(outcomes[place], themes=themes)
    card = replace(document.scorecard, outcomes=tuple(outcomes))
    return replace(one, documents=(replace(document, scorecard=card),))


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_a_report_tells_of_the_doubt_once(form, one, backed):
    before, after = (" ".join(render(report, form).split()) for report in (one, backed))
    assert DOUBT not in before
    assert after.count(DOUBT) == 1


@pytest.mark.parametrize(("form", "shown"), [(Format.TEXT, 2), (Format.MARKDOWN, 2), (Format.HTML, 3)])
def test_the_passages_that_say_so_too_stand_beneath_it(form, shown, backed):
    (document,) = backed.documents
    outcomes = [*document.scorecard.outcomes]
    place, theme = next((i, theme) for i, each in enumerate(outcomes) for theme in each.themes if theme.backed)
    best = theme.evidence[0]
    others = [replace(best, quote=f"Others, part {i}, say so.", start=best.start, end=best.end) for i in range(3)]
    themes = tuple(replace(each, evidence=(best, *others)) if each.backed else each for each in outcomes[place].themes)
    outcomes[place] = replace(outcomes[place], themes=themes)
    card = replace(document.scorecard, outcomes=tuple(outcomes))
    told = " ".join(render(replace(backed, documents=(replace(document, scorecard=card),)), form).split())
    assert [f"part {i}, say so" in told for i in range(3)] == [i < shown for i in range(3)]
    assert ("and 1 more passage" in told) is (shown == 2)


@pytest.fixture
def compared(side_by_side):
    """Return a comparison in which the first theme of the first bid that states one counts as others back it."""
    outcomes = [*side_by_side.outcomes]
    found = ((i, j, key, scored) for i, each in enumerate(outcomes) for j, theme in enumerate(each.themes)
             for key, scored in theme.bids.items() if scored.level >= 2)  # fmt: skip
    place, at, key, scored = next(found)
    themes = [*outcomes[place].themes]
    themes[at] = replace(themes[at], bids={**themes[at].bids, key: replace(scored, backed=True)})
    outcomes[place] = replace(outcomes[place], themes=tuple(themes))
    return replace(side_by_side, outcomes=tuple(outcomes))


@pytest.mark.parametrize("form", [compare.Format.TEXT, compare.Format.MARKDOWN, compare.Format.HTML])
def test_a_comparison_tells_of_the_doubt_once(form, side_by_side, compared):
    before, after = (" ".join(compare.render(each, form).split()) for each in (side_by_side, compared))
    assert DOUBT not in before
    assert after.count(DOUBT) == 1


def test_json_of_a_comparison_tells_of_the_doubt(compared):
    assert compare.render(compared, compare.Format.JSON).count('"backed": true') == 1


def test_json_tells_of_the_doubt(one, backed):
    assert '"backed": true' not in render(one, Format.JSON)
    assert render(backed, Format.JSON).count('"backed": true') == 1


def test_a_note_tells_of_the_doubt_and_what_to_do(one, backed):
    told = [line for note in find_notes(backed.documents[0]) for line in note.text.splitlines() if DOUBT in line]
    assert told
    assert all(line.endswith("Say it in plainer words.") for line in told)
    assert not any(DOUBT in note.text for note in find_notes(one.documents[0]))
