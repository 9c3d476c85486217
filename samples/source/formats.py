"""
Save the samples in every format that bids come in, for the test that their content scores alike in all of them.

    python samples/source/formats.py

Needs LibreOffice (`apt-get install libreoffice-writer`); what it wrote is committed in `tests/formats/`, so nobody
else does. A new version of LibreOffice, or a changed source, gives other bytes: look at the test before you commit.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile

import build

TARGET = build.SAMPLES.parent / "tests" / "formats"
NAMES = ("tender", "bid-strong", "bid-thin", "contract")


def main() -> None:
    """Write a DOCX of each source, and what LibreOffice makes of it."""
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice is missing. Install it: apt-get install libreoffice-writer")
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for name in NAMES:
            word = TARGET / f"{name}.docx"
            word.write_bytes(build.to_docx(*build.load(name)))
            for suffix in ("odt", "rtf", "pdf", "html"):
                command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", suffix]
                subprocess.run([*command, "--outdir", TARGET, word], check=True, capture_output=True)  # noqa: S603 - ours
                print(f"{name}.{suffix}")


if __name__ == "__main__":
    main()
