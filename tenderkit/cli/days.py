"""The one place that asks what day it is: nothing but the end of an accepted finding depends on it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from tenderkit.baseline import read_day
from tenderkit.errors import UsageError


def parse_day(said: str | None, option: str) -> date | None:
    """
    Return the day of an option; None where it was not given.

    Raises:
        UsageError: When it is no day.
    """
    day = read_day(said) if said else None
    if said and day is None:
        raise UsageError(f"{option} '{said}' is no day. Write it as in 2027-03-31.")
    return day


def find_today(said: str | None) -> date:
    """
    Return the day of --today, else that of SOURCE_DATE_EPOCH (as for builds that can be repeated), else the real one.

    Raises:
        UsageError: When what was said is no day.
    """
    if day := parse_day(said, "--today"):
        return day
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(f"SOURCE_DATE_EPOCH '{epoch}' is no number of seconds. Correct or remove it.") from None
    return datetime.now().astimezone().date()
