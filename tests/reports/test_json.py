import ast
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import tenderkit
from tenderkit.document import Recognised
from tenderkit.reports import Format, jsonl, render
from tenderkit.reports.json import document_value, schema


def test_the_report_is_as_the_golden_file_shows(several, golden):
    golden("several.json", render(several, Format.JSON))


def test_every_report_keeps_to_the_schema(several, make_hostile):
    for report in (several, make_hostile("<b>& \x1b[0m \ud800")):
        jsonschema.validate(json.loads(render(report, Format.JSON)), schema())
        jsonschema.validate(json.loads(render(report, Format.JSON, outcome="value")), schema())


def test_the_schema_is_itself_valid_and_strict():
    jsonschema.Draft202012Validator.check_schema(schema())
    objects = [node for node in _nodes(schema()) if node.get("type") == "object"]
    assert len(objects) > 10
    assert all(node["additionalProperties"] is False for node in objects)


def test_the_schema_knows_every_kind_of_reason_that_the_code_gives_and_no_other():
    known = schema()["$defs"]["reason"]["properties"]["kind"]["enum"]
    given = {
        node.args[0].value
        for file in Path(tenderkit.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Reason"
        and isinstance(node.args[0], ast.Constant)
    }
    assert {"term", "cue"} <= given <= set(known)
    files = Path(tenderkit.__file__).parent.rglob("*.py")
    named = {node.value for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant)}  # fmt: skip
    assert set(known) <= named


def test_every_quote_is_the_text_at_its_offsets_uncut(one):
    text = one.documents[0].document.text
    for document in json.loads(render(one, Format.JSON))["documents"]:
        found = [item for outcome in document["outcomes"] for theme in outcome["themes"] for item in theme["evidence"]]
        assert len(found) == 4
        for item in [*found, *document["declined"]]:
            assert item["quote"] == text[item["start"] : item["end"]]
            for reason in item["because"]:
                assert reason["text"] == text[reason["start"] : reason["end"]]


def test_a_file_that_was_not_read_has_nulls_and_says_why(several):
    document = json.loads(render(several, Format.JSON))["documents"][1]
    assert document["unread"] == [{"page": None, "why": "it is locked; save it without a password"}]
    assert [document[key] for key in ("score", "depth", "status", "role", "sha256")] == [None] * 5
    assert document["outcomes"] == []


def test_outcome_limits_the_detail_but_not_the_score(one):
    whole, part = (json.loads(render(one, Format.JSON, outcome=outcome))["documents"][0] for outcome in (None, "value"))
    assert [outcome["id"] for outcome in part["outcomes"]] == ["value"]
    assert (part["score"], part["status"]) == (whole["score"], whole["status"])
    assert {gap["outcome"] for gap in part["gaps"]} == {"value"}
    assert part["declined"] == []


@pytest.mark.parametrize("line", [0, 1])
def test_json_lines_hold_one_document_each(several, line):
    lines = render(several, Format.JSONL).split("\n")
    assert lines[2:] == [""]
    value = json.loads(lines[line])
    jsonschema.validate(value, {"$ref": "#/$defs/line", "$defs": schema()["$defs"]})
    whole = json.loads(render(several, Format.JSON))["documents"][line]
    assert {key: value[key] for key in whole} == whole


def _nodes(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from _nodes(child)


def test_the_gaps_of_a_partly_unread_document_carry_a_warning(several):
    read, locked = json.loads(render(several, Format.JSON))["documents"]
    assert read["gaps"]
    assert read["gaps_note"] == "3 of 44 pages could not be read: an answer may stand there."
    assert locked["gaps_note"] is None


def test_pages_that_were_recognised_in_pictures_keep_their_confidence(one):
    (report,) = one.documents
    document = replace(report.document, recognised=(Recognised(17, "tesseract", 91.25), Recognised(18, "ocrmypdf")))
    value = document_value(replace(report, document=document))
    assert value["recognised"] == [
        {"page": 17, "by": "tesseract", "confidence": 91},
        {"page": 18, "by": "ocrmypdf", "confidence": None},
    ]


def test_nothing_in_it_steers_a_terminal(make_hostile):
    report = make_hostile("\x9b31m\x7f\u202eWe will\u2066 \x85")
    for text in (render(report, Format.JSON), jsonl.render(report)):
        assert not set(text) & set("\x9b\x7f\u202e\u2066\x85")
        assert "\\u009b31m" in text
