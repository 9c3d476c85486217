"""Makes `samples/bid-strong.svg`, README's picture: the beginning of the real report on the strong bid."""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tenderkit.assess import Assessor, Report
from tenderkit.readers import read
from tenderkit.reports import text
from tenderkit.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parent.parent
LINES = 52


def main() -> None:
    """Write the picture."""
    bid = SAMPLES / "bid-strong.pdf"
    scheme = load_vocabulary()
    assessed = Assessor(scheme).assess(read(bid.read_bytes(), bid.name))
    screen = Console(width=80, file=StringIO(), force_terminal=True, color_system="standard", _environ={})
    text.show(Report(scheme, (assessed,)), screen)
    printed = screen.file.getvalue()  # type: ignore[attr-defined]  # the StringIO given above
    picture = Console(width=80, file=StringIO(), record=True, force_terminal=True, color_system="standard", _environ={})
    picture.print(Text("$ tenderkit score samples/bid-strong.pdf", style="bold"))
    picture.print()
    picture.print(Text.from_ansi("\n".join(printed.splitlines()[:LINES])))
    svg = picture.export_svg(title="tenderkit", unique_id="tenderkit")
    svg = re.sub(r',\s*url\("https:[^)]*\) format\("\w+"\)', "", svg)  # whoever has no such font is sent nowhere for it
    (SAMPLES / "bid-strong.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
