"""What is wrong with a command as it was typed, in one line; the parser's own words are for programmers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

REFUSALS: tuple[type[Exception], ...] = (typer.BadParameter.__mro__[1],)  # typer does not name what they have in common
_OF_THE_LIBRARY = re.compile(r"^Value error, ")
_SHOULD = re.compile(r"^Input should be (?P<what>[^,]+).*$", re.DOTALL)


def show(error: Any, warn: Callable[[str], None], typed: Sequence[str], app: Any) -> None:
    """
    Tell people what is wrong with what they typed.

    Args:
        error: One of `REFUSALS`.
        warn: Called with the line.
        typed: The arguments.
        app: The command line, which knows its commands.
    """
    if type(error).__name__ == "NoArgsIsHelpError":  # nothing was typed: the help is the answer
        error.show()
        return
    warn(told(error, error.ctx.command_path if error.ctx else _command(typed, app)))


def _command(typed: Sequence[str], app: Any) -> str:
    """Return the command that was typed, where the parser does not say."""
    found = ["tenderkit"]
    command: Any = typer.main.get_command(app)
    for word in typed:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            break
        found.append(word)
    return " ".join(found)


def told(error: Any, command: str) -> str:
    """
    Return one line: what is wrong, and where the right way stands.

    >>> told(typer.BadParameter("Value error, 'x' is not one of 'text'.", param_hint="--format"), "tenderkit score")
    "--format: 'x' is not one of 'text'. Try 'tenderkit score --help'."
    >>> told(typer.BadParameter("", param_hint=["--date", "-d"]), "tenderkit vocab fit")
    "--date is missing. Try 'tenderkit vocab fit --help'."
    >>> told(typer.BadParameter("Input should be a valid number, unable to", param_hint="--min-score"), "tenderkit")
    "--min-score must be a valid number. Try 'tenderkit --help'."
    """
    what = _what(error)
    return f"{what}{'' if what.endswith(('.', '?')) else '.'} Try '{command} --help'."


def _what(error: Any) -> str:
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        from tenderkit.resources import nearest

        alike = [name for name in error.possibilities or () if nearest(option.lstrip("-"), [name.lstrip("-")])]
        return f"There is no option {option}.{nearest(option, alike)}"
    if option is not None:
        return f"{option} needs a value"
    if not isinstance(error, typer.BadParameter):
        return str(error.format_message())
    name = _name(error.param_hint or (error.param.opts if error.param else ""), error.param)
    what = _OF_THE_LIBRARY.sub("", error.message)
    if not what:
        return f"{name} is missing"
    should = _SHOULD.match(what)
    return f"{name} must be {should['what']}" if should else f"{name}: {what}"


def _name(hint: str | Sequence[str], parameter: Any) -> str:
    """Return an option by its long name, and an argument as the help has it."""
    if parameter is not None and parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return hint if isinstance(hint, str) else max(hint, key=len)
