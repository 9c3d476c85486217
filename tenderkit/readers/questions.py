"""Questions and instructions of a response form that stand before their answer: the buyer's words, not the bidder's."""

from __future__ import annotations

import re

_LABEL = (  # "Q4." "Question 3:" "3.1.2" "R12 –" "(a)"
    r"(?:\(?(?:(?:question|criterion|requirement|section|item|ref|no|q|r)\s?\.?\s?)?[A-Z]?\d{1,3}(?:\.\d{1,3})*[a-z]?"
    r"\s?[.):–-]*\s+|\([a-z]\)\s+|[a-z]\)\s+|question\s?:\s*)?"
)
_WRITE = (
    r"(?:describe|explain|outline|set\sout|demonstrate|detail|confirm|state|tell\sus|summarise|list|identify|indicate|"
    r"specify)"
)
_HAND_IN = r"(?:provide|give|show|attach|include|complete|answer|supply|name|tick|insert|enter|upload|submit|refer|use)"
_PAPERS = (
    r"(?:\w+\s){0,3}(?:details?|evidence|examples?|descriptions?|information|cop(?:y|ies)|statements?|responses?|"
    r"case\sstud(?:y|ies)|plans?|references?|answers?|breakdown)"
)
_BIDDER = r"(?:you|your|yours|the\s(?:tenderer|bidder|supplier|applicant|potential\sprovider|contractor)(?:'s)?)"
_BIDDERS = (
    r"(?:(?:the\s)?(?:bidders?|tenderers?|suppliers?|applicants?|(?:potential\s)?providers?|respondents?|candidates?))"
)
_ASKS = re.compile(
    rf"""
      ^{_LABEL}please\s(?:\w+ly\s)?(?:{_WRITE}|{_HAND_IN})\b                         # Please describe …
    | ^{_LABEL}{_WRITE}\b(?=.*\b{_BIDDER}\b)(?!.*\b(?:we|us)\b)                      # Describe how the supplier …
    | ^{_LABEL}{_HAND_IN}\b(?=.*\byour?\b)(?!.*\b(?:we|us)\b)                        # Provide your plan …
    | ^{_LABEL}{_BIDDERS}\s(?:should|must|shall|are\s(?:asked|required|invited)\sto|need\sto)\s(?:also\s)?
      (?:{_WRITE}|{_HAND_IN}\s{_PAPERS})\b                                          # Bidders should give examples …
    | ^{_LABEL}(?:(?:(?:in|to|with|by|on|for|at|from)\s)?(?:how|what|which|whom?|when)|where|why
      |do|does|did|will|would|can|could|is|are|has|have)\b
      (?=.*\b(?:{_BIDDER}|your\s\w+|(?:system|solution|platform|product|service|proposal|organisation)s?)\b).*\?\W*$
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ALSO = re.compile(  # what may follow a question, and what may stand between it and its answer
    rf"""
      ^\W*(?:max(?:imum|\.)?|up\sto|no\smore\sthan)?\s*(?:of\s)?\d[\d,]*\s*
      (?:words?|characters?|pages?|sides?|marks?|points?)\b
      (?:\W*(?:max(?:imum)?|limit|each|only))*\W*$
    | ^\W*(?:word|page|character)\s(?:limit|count)\b
    | ^\W*(?:max(?:imum|\.)?\s)?(?:score|marks?|weight(?:ing)?|points)\b[\s\w]{{0,12}}[:=]?\s*\d
    | ^\W*(?:scored|pass\s?/\s?fail|mandatory|for\sinformation(?:\sonly)?|not\sscored)\W*$
    | ^\W*(?:your|the|{_BIDDERS}['’]?s?['’]?)\s(?:response|answer|submission)\b(?=.*(?:\b(?:should|must|exceed)\b|:))
    | ^\W*(?:(?:your|{_BIDDERS}['’]?s?['’]?)\s)?(?:response|answer|guidance|evaluation\scriteri(?:a|on))\s*:?\W*$
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_FIRST_PERSON = re.compile(r"\b(?:we|we['’](?:ll|ve|re)|our|ours)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!])[\s\t]+(?=[A-Z(\"'])")
_QUESTION_COLUMN = re.compile(
    r"^\W*(?:(?:the\s)?(?:question|requirement|criteri(?:on|a)|instruction|specification|what\swe\sask|ask)s?"
    r"|(?:quality|method\sstatement|award|evaluation)\s(?:question|criteri(?:on|a))s?|description(?:\sof\srequirement)?)\W*$",
    re.IGNORECASE,
)
_ANSWER_COLUMN = re.compile(
    r"\b(?:response|answer|reply|comments?|evidence|how\s(?:this|it)\sis\smet)\b", re.IGNORECASE
)
_LONG = 3_000  # characters; no form asks at such length, and a pattern must not read a novel
_LONG_HEADER = 8  # words of a column's name
_ANSWER_WORDS = 4  # fewer say nothing without their question
_REQUIREMENT_ANSWER_WORDS = 9  # a shorter answer ("Fully met.") says nothing without the requirement


def asked(text: str) -> int:
    """
    Return how many of the first characters of *text* are a question or an instruction to the bidder.

    >>> asked("Q4. Please describe your approach to testing. (500 words)")
    57
    >>> asked("How will you test? We will test with users."), asked("We will describe how you test.")
    (18, 0)
    """
    if len(text) > _LONG:
        return 0
    end = 0
    begin = 0
    for boundary in [*_SENTENCE.finditer(text), None]:
        stop = boundary.start() if boundary else len(text)
        sentence = text[begin:stop].strip()
        if _ASKS.match(sentence) or (end and _continues(sentence)):
            end = stop
        elif not (begin == end == 0 and len(sentence) <= 14 and re.fullmatch(_LABEL, sentence + " ", re.IGNORECASE)):
            break
        if boundary:
            begin = boundary.end()
    return end


def is_aside(text: str) -> bool:
    """
    Tell whether a block only guides whoever fills in a form: a word limit, marks, the word "Answer".

    >>> is_aside("Maximum 500 words"), is_aside("Supplier response:"), is_aside("500 users were trained")
    (True, True, False)
    """
    return len(text) <= 300 and bool(_ALSO.match(text)) and not _FIRST_PERSON.search(text)


def speaks(text: str) -> bool:
    """
    Tell whether whoever wrote *text* speaks of themselves, as an answer does.

    >>> speaks("our approach"), speaks("your approach")
    (True, False)
    """
    return bool(_FIRST_PERSON.search(text))


def _continues(sentence: str) -> bool:
    """Tell whether a sentence behind a question still speaks to the bidder."""
    if _FIRST_PERSON.search(sentence):
        return False
    return bool(_ALSO.match(sentence) or re.search(r"\b(?:you|your)\b", sentence, re.IGNORECASE))


def columns(cells: list[str]) -> tuple[int, int] | None:
    """
    Return the places of question and answer in the header row of a response form, or None for any other row.

    >>> columns(["Ref", "Question", "Your response", "Marks"]), columns(["Price", "Response time"])
    ((1, 2), None)
    """
    if not 2 <= len(cells) <= 8 or any(len(cell.split()) > _LONG_HEADER for cell in cells):
        return None
    question = next((place for place, cell in enumerate(cells) if _QUESTION_COLUMN.match(cell)), None)
    if question is None:
        return None
    answer = next((at for at, cell in enumerate(cells) if at > question and _ANSWER_COLUMN.search(cell)), None)
    return None if answer is None else (question, answer)


def asked_in_row(cells: list[str], form: tuple[int, int] | None) -> int:
    r"""
    Return how many of the first characters of a table row are a question that a later cell answers.

    Args:
        cells: The row.
        form: As `columns` returned it for the header of the table.

    >>> asked_in_row(["R1", "How will you test it?", "With users, once every two weeks."], None)
    25
    >>> asked_in_row(["R1", "The service must be accessible.", "Fully met."], (1, 2))
    0
    """
    first = form[0] if form else 0
    for place, cell in enumerate(cells):
        whole = bool(cell) and asked(cell) == len(cell)
        needed = _ANSWER_WORDS if whole else _REQUIREMENT_ANSWER_WORDS
        if not whole and not (form and place == first):
            continue
        for later in range(max(place + 1, form[1] if form and not whole else 0), len(cells)):
            answer = cells[later]
            if len(answer.split()) >= needed and not is_aside(answer) and asked(answer) < len(answer):
                return sum(len(each) + 1 for each in cells[:later]) if not _answers_before(cells, place) else 0
    return 0


def _answers_before(cells: list[str], place: int) -> bool:
    """Tell whether a cell before the question speaks for the bidder, and so must be heard."""
    return any(_FIRST_PERSON.search(cell) for cell in cells[:place])
