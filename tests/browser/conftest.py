"""Opens what tenderkit writes in a headless Chromium. Run these tests with `pytest -m browser`."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pages
import pytest

from tenderkit import cli

HERE = Path(__file__).parent
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    """Start Chromium: the one that CHROMIUM names, or that is installed."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of an extra, which a plain run does without

    installed = map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))
    found = os.environ.get("CHROMIUM") or next(filter(None, installed), None)
    assert found, "no browser: install chromium, or name one in the environment variable CHROMIUM"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Return a function that makes a page once, and returns its file."""
    folder = tmp_path_factory.mktemp("pages")
    pages.prepare(folder)
    known = {}

    def make(arguments):
        if arguments not in known:
            file = folder / f"{len(known)}-{re.sub(r'[^a-z]+', '-', arguments[0])}.html"
            before = Path.cwd()
            os.chdir(folder)
            try:
                with pytest.raises(SystemExit) as left:
                    cli.main([*arguments, "--output", str(file)])
            finally:
                os.chdir(before)
            assert (left.value.code or 0) in pages.MAY_EXIT_WITH
            known[arguments] = file
        return known[arguments]

    return make


@pytest.fixture
def open_page(browser, made):
    """Return a function that opens a page of `pages` and keeps what it asked for and complained of."""
    contexts = []

    def open_page(arguments, size=pages.DESKTOP, *, dark=False, scripts=True, zoom=1):
        context = browser.new_context(
            viewport={"width": size[0] // zoom, "height": size[1] // zoom},
            device_scale_factor=zoom,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        seen = SimpleNamespace(page=page, asked=[], said=[], dialogs=[], file=made(arguments))
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(seen.file.as_uri())
        return seen

    yield open_page
    for context in contexts:
        context.close()
