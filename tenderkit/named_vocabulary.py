"""
The vocabulary that a run goes by: named once, and each part of it made when it is first asked for.

What tells roles is light, an assessor is not: a run that needs the one alone does not wait for the other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tenderkit.compiled import load_scheme
from tenderkit.resources import DEFAULT, scheme_file
from tenderkit.roles import load_roles
from tenderkit.settings import find_file, name_vocabulary, resolve
from tenderkit.settings_file import SettingsFile, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tenderkit.assess import Assessor
    from tenderkit.roles import RoleFinder
    from tenderkit.vocabulary import Scheme


class NamedVocabulary:
    """
    A vocabulary by its name or folder.

    Args:
        name: Of one that travels with tenderkit, or a folder.
        load: Loads it.

    Attributes:
        name: As it was given.

    >>> vocabulary = NamedVocabulary()
    >>> vocabulary.name == vocabulary.scheme.id == vocabulary.assessor.scheme.id
    True
    """

    def __init__(self, name: str = DEFAULT, load: Callable[[str], Scheme] = load_scheme) -> None:
        self.name = name
        self._load = load

    @cached_property
    def roles(self) -> RoleFinder:
        """What tells a document's role; the vocabulary itself is not loaded for it."""
        return load_roles(self.name)

    @cached_property
    def scheme(self) -> Scheme:
        """The vocabulary, loaded."""
        return self._load(self.name)

    @cached_property
    def assessor(self) -> Assessor:
        """What assesses by it, in this process."""
        from tenderkit.assess import ready_assessor

        return ready_assessor(self.scheme)


OURS = NamedVocabulary()


def find_vocabulary(
    paths: Iterable[str], vocab: str | None = None, working_folder: Path | None = None
) -> NamedVocabulary:
    """
    Return the vocabulary that a run over *paths* goes by: the option's, else that of the settings file, else ours.

    Args:
        paths: The documents, for finding the file.
        vocab: A vocabulary's name or folder.
        working_folder: Where to look when no file is found from the documents.

    Raises:
        MistakesError: When the file names one that is not there, with the line, and with its other mistakes.
        UsageError: When the option does.
    """
    paths = tuple(paths)
    file = find_file(paths, working_folder)
    name = name_vocabulary(read_file(file) if file else SettingsFile(""), file, vocab)
    scheme_file(name)  # one that is not there is told at once, whatever is asked for first
    return NamedVocabulary(name, lambda name: resolve(paths, vocab=name, working_folder=working_folder).scheme)
