"""What the command line, and only it, does so that a person waits less; a program that imports it is left alone."""

import gc
import sys
from types import ModuleType


def hurry() -> None:
    """
    Make ready for one short run.

    `import spacy` loads spaCy's own command line with its downloader and web clients, half of its time. Nobody
    needs it here, so an empty module takes its place. And a fifth of a run went into looking for reference cycles
    in a vocabulary that has none.
    """
    gc.set_threshold(50_000, 20, 20)
    if "spacy" not in sys.modules:
        information = ModuleType("spacy.cli.info")
        information.info = None  # type: ignore[attr-defined]  # the one name that spacy/__init__.py asks for
        sys.modules["spacy.cli"] = ModuleType("spacy.cli")
        sys.modules["spacy.cli.info"] = information
