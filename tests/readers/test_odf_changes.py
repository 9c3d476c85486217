"""Tracked changes of OpenDocument texts: each view of them."""

from __future__ import annotations

import pytest

from tenderkit.document import View
from tenderkit.readers import read


def region(key, sort, inside=""):
    change = f"<text:{sort}><office:change-info/>{inside}</text:{sort}>"
    return f'<text:changed-region text:id="{key}">{change}</text:changed-region>'


def start(key):
    return f'<text:change-start text:change-id="{key}"/>'


def end(key):
    return f'<text:change-end text:change-id="{key}"/>'


def gone(key):
    return f'<text:change text:change-id="{key}"/>'


@pytest.fixture
def both(opendocument):
    """Return the texts of the final and of the original view of a body with tracked changes."""

    def both(body, *regions):
        changes = f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"
        data = opendocument(changes + body)
        return tuple(read(data, "bid.odt", tracked=view).text for view in (View.FINAL, View.ORIGINAL))

    return both


def test_insertions_and_deletions_in_a_paragraph(both):
    body = f"<text:p>We will {start('a')}test<text:s/>it{end('a')}{gone('b')} soon.</text:p>"
    deleted = region("b", "deletion", "<text:p><text:span>guess</text:span></text:p>")
    assert both(body, region("a", "insertion"), deleted) == ("We will test it soon.", "We will guess soon.")


def test_an_inserted_paragraph_goes_with_its_end(both):
    body = f"<text:p>One.{start('a')}</text:p><text:p>Two.</text:p><text:p>{end('a')}</text:p><text:p>Three.</text:p>"
    assert both(body, region("a", "insertion")) == ("One.\nTwo.\nThree.", "One.\nThree.")


def test_a_paragraph_that_was_parted_is_one_again(both):
    body = f"<text:p>We will {start('a')}</text:p><text:p>{end('a')}test <text:span>it</text:span>.</text:p>"
    assert both(body, region("a", "insertion")) == ("We will\ntest it.", "We will test it.")


def test_deleted_paragraphs_come_back_as_paragraphs(both):
    deleted = region("a", "deletion", "<text:p>end.</text:p><text:p>Middle.</text:p><text:p>Begin </text:p>")
    assert both(f"<text:p>The {gone('a')}here.</text:p>", deleted) == ("The here.", "The end.\nMiddle.\nBegin here.")


def test_a_deleted_table_comes_back(both):
    row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    deleted = region("a", "deletion", f"<table:table>{row}</table:table>")
    body = f"<text:p>One.</text:p>{gone('a')}<text:p>Two.</text:p>"
    assert both(body, deleted) == ("One.\nTwo.", "One.\na\nTwo.")


def test_a_change_of_format_changes_no_text(both):
    body = f"<text:p>We {start('a')}will{end('a')} test.</text:p>"
    assert both(body, region("a", "format-change")) == ("We will test.", "We will test.")


def test_the_view_is_named(opendocument):
    data = opendocument(f"<text:tracked-changes>{region('a', 'insertion')}</text:tracked-changes><text:p>We.</text:p>")
    assert read(data, "bid.odt", tracked=View.ORIGINAL).tracked is View.ORIGINAL
