"""
HTML for people: one self-contained file a report, that asks for nothing from anywhere.

`page` renders a template of `templates/`; all pages share its frame, style, shapes and script. Whatever a template
puts out is made harmless and escaped; the content security policy allows the style and the script that stand in the
file, by their hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tenderkit import __version__
from tenderkit.reports import formula, html_text, open_questions, quoting, wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from jinja2 import Environment

    from tenderkit.assess import Report

_POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def render(report: Report, *, outcome: str | None = None) -> str:
    """Return the report as one HTML file; *outcome* limits what is told in detail."""
    return page("report.html.j2", report=report, only=outcome)


def page(template: str, **values: object) -> str:
    """
    Render one of our templates with *values*, with a line break at its end.

    A template begins with `{% extends "base.html.j2" %}`, and finds `wording` and `quoting` beside its values.

    Args:
        template: Its file's name, such as "report.html.j2".
        values: Whatever it asks for; one that is missing is an error. Text is harmless whatever it holds.
    """
    return _environment().get_template(template).render(values).rstrip("\n") + "\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    style, script = _text("style.css").strip(), _text("script.js").strip()
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalised,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "wording": wording,
        "quoting": quoting,
        "open_questions": open_questions,
        "Status": Status,
        "formula": formula,
        "find_passages": html_text.find_passages,
        "mark_text": html_text.mark_text,
        "version": __version__,
        "policy": _POLICY.format(style=_hash(style), script=_hash(script)),
        "style": Markup(style),  # noqa: S704 - our own files, as is what follows
        "script": Markup(script),  # noqa: S704
        "shapes": Markup(_text("shapes.svg").strip()),  # noqa: S704
    }
    return environment


def _finalised(value: Any) -> Any:
    """Return what a template puts out without control, escape and direction characters; markup of ours as it is."""
    return wording.harmless(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _text(name: str) -> str:
    return files("tenderkit.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
