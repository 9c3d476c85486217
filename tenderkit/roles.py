"""What kind of document it is: a bid, a tender, a contract or a strategy."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The part a document plays in a procurement."""

    BID = "bid"
    TENDER = "tender"
    CONTRACT = "contract"
    STRATEGY = "strategy"
