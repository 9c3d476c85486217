"""Every example of every rule we ship is a test: flagged where it must be, passed where it only looks like it."""

from collections import Counter

import pytest

from tenderkit.findings import flagged
from tenderkit.rules import load_rules

RULES = load_rules()
PACKS = {"bid": "TK1", "outcomes": "TK2", "template": "TK3", "currency": "TK4", "value": "TK5", "integrity": "TK6"}
FLAGS = [pytest.param(rule, example, id=f"{rule.code}-{i}")
         for rule in RULES for i, example in enumerate(rule.flags, start=1)]  # fmt: skip
PASSES = [pytest.param(rule, example, id=f"{rule.code}-{i}")
          for rule in RULES for i, example in enumerate(rule.passes, start=1)]  # fmt: skip


@pytest.mark.parametrize(("rule", "example"), FLAGS)
def test_what_breaks_a_rule_is_flagged(rule, example):
    assert flagged(rule, example), example.text


@pytest.mark.parametrize(("rule", "example"), PASSES)
def test_what_only_looks_like_it_passes(rule, example):
    assert not flagged(rule, example), example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_of_ours_says_why_what_instead_and_since_when(rule):
    assert rule.message.endswith(".")
    assert rule.why.endswith(".")
    assert rule.instead.endswith(".")
    if rule.pack == "currency":
        assert any(word.strip(",;.").isdigit() and len(word.strip(",;.")) == 4 for word in rule.message.split())
        assert all(source.startswith("https://") for source in rule.sources)


def test_each_pack_has_codes_of_its_own_hundred_and_no_name_is_used_twice():
    hundreds = {(rule.pack, rule.code[:3]) for rule in RULES}
    assert hundreds == PACKS.items()
    assert not [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1]
