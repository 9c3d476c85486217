"""
Makes README's screenshots of HTML pages from real runs on the samples.

It needs Chromium and the extra "browser": `python samples/source/screenshots.py`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

SAMPLES = Path(__file__).parent.parent
SIZE = {"width": 1280, "height": 860}
COLOURS = 64  # enough for text and flat areas, and a third of the bytes
# The picture, what is typed behind `tenderkit` for it, and the id of what stands at its top.
PICTURES = {
    "report.png": (("report", "bid-strong.pdf"), None),
    "report-text.png": (("report", "bid-strong.pdf"), "d1-p3"),
    "compare.png": (("compare", "bid-strong.pdf", "bid-thin.docx", "bid-stuffed.md", "--format", "html"), None),
}


def main() -> None:
    """Write the pictures."""
    browser_file = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox", "--disable-gpu"])
        for name, (arguments, place) in PICTURES.items():
            page_file = Path(folder, name).with_suffix(".html")
            command = [sys.executable, "-m", "tenderkit", *arguments, "--output", str(page_file)]
            subprocess.run(command, cwd=SAMPLES, check=True)  # noqa: S603 - our own command
            page = browser.new_page(viewport=SIZE)
            page.goto(page_file.as_uri())
            if place:
                page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
            page.screenshot(path=Path(folder, name))
            picture = Image.open(Path(folder, name)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            picture.save(SAMPLES / name, optimize=True)
            print(f"{name}: {(SAMPLES / name).stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
