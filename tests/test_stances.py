"""
Stance, who and measure in every shape that bids, tenders, contracts and strategies use.

The cases are data (`stances/*.yml`). The topic stands between « and »; lines are blocks: `# ` a heading, `- ` a list
item, `| ` a table row, anything else a paragraph. Where careful readers may differ, a case allows several stances;
`whole` is the stance of the passage read by itself, as `tenderkit evaluate` does, where it is not the topic's.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tenderkit.answers import Answers, asks
from tenderkit.assess import Assessor
from tenderkit.cue_finding import CueFinder
from tenderkit.cue_index import index_cues
from tenderkit.cues import load_cues
from tenderkit.document import passage
from tenderkit.judging import Judge
from tenderkit.language import Language
from tenderkit.lead_ins import LeadIns
from tenderkit.matching import Match, SentenceMatches
from tenderkit.measures import load_measures
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent / "stances"
CASES = [
    {"shape": part["shape"], **case}
    for file in sorted(FOLDER.glob("*.yml"))
    for part in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    for case in part["cases"]
]
WHOLE = [case for case in CASES if case.get("whole", case["stance"]) is not None]


def said(case):
    return case["text"].replace("«", "").replace("»", "")


@cache
def language():
    return Language([])


@cache
def judge():
    return Judge(CueFinder(index_cues(load_cues(), language())), load_measures())


@cache
def assessor():
    return Assessor(load_vocabulary())


@cache
def theme():
    outcome = load_vocabulary().outcomes[0]
    return outcome, outcome.themes[0]


def evidence(case):
    """Return what is said of the case's topic, judged as a term of a vocabulary is."""
    role = Role(case["role"])
    topic = re.search("«(.+)»", case["text"])[1]
    read = passage(said(case))
    start = len(passage(case["text"].partition("«")[0] + "x").text) - 1
    assert read.text[start : start + len(topic)] == topic
    lead_ins = LeadIns(judge(), role)
    for tokens in language().blocks(read):
        lead_ins.enter(tokens)
        for sentence in tokens.sentences():
            if sentence.start <= start < sentence.end and asks(tokens.block):
                return answer(read, role, sentence)
            if sentence.start <= start < sentence.end:
                inside = [
                    i
                    for i in range(sentence.first, sentence.last)
                    if start <= sentence.span(i, i + 1)[0] < start + len(topic)
                ]
                outcome, its_theme = theme()
                match = Match(
                    outcome, its_theme, its_theme.terms[0], inside[0], inside[-1] + 1, start, start + len(topic)
                )
                found = SentenceMatches(sentence, (match,), ())
                (judged,) = judge().judge(found, role=role, lead_in=lead_ins.judgement(sentence))
                return judged
    raise AssertionError("no sentence holds the topic")


def answer(read, role, question):
    """Return what the answer beneath a question says of the topic that the question names."""
    outcome, its_theme = theme()
    match = Match(outcome, its_theme, its_theme.terms[0], question.first, question.last, question.start, question.end)
    found = SentenceMatches(question, (match,), ())
    (asked,) = judge().judge(found, role=role)
    answers = Answers(judge(), role)
    answers.ask(found, {})
    for tokens in language().blocks(read):
        for _, (said_of_it,) in answers.answer(tokens, ()):
            return said_of_it
    return asked


def expected(value):
    return {value} if isinstance(value, str) else set(value)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_topic_is_spoken_of_as_a_careful_reader_says(case):
    judged = evidence(case)
    reasons = [(reason.kind, reason.text, reason.says) for reason in judged.because]
    assert judged.stance.value in expected(case["stance"]), reasons
    if "who" in case:
        assert judged.who.value.partition(" ")[0] == case["who"], reasons
    if "measured" in case:
        assert judged.measured == case["measured"], reasons


@pytest.mark.parametrize("case", WHOLE, ids=[case["id"] for case in WHOLE])
def test_a_passage_by_itself_does_what_a_careful_reader_says(case):
    assert assessor().predict(said(case)).stance.value in expected(case.get("whole", case["stance"]))


def test_every_case_has_its_own_id():
    assert len({case["id"] for case in CASES}) == len(CASES)
