"""The words of a compliance matrix: how binding a requirement is, and what a bid makes of it."""

from enum import StrEnum


class Strength(StrEnum):
    """How binding a requirement is."""

    MANDATORY = "mandatory"
    DESIRABLE = "desirable"
    OPTIONAL = "optional"
    QUESTION = "question"  # it asks for a description, and an answer is marked


class Status(StrEnum):
    """What a bid makes of a requirement; the gravest gap first, as the matrix shows them."""

    UNANSWERED = "unanswered"
    DECLINED = "declined"
    ECHOED = "echoed"  # the requirement's own words, and nothing of the bidder's
    PARTLY = "partly"
    COMMITTED = "committed"
