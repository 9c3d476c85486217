"""`tenderkit rules list`, `show` and `test`."""

from typing import Annotated

import typer

from tenderkit.cli import options, streams

app = typer.Typer(help="Look into the rules of check, or test your own.", rich_markup_mode=None, no_args_is_help=True)


@app.command("list")
def list_rules(rules: options.Rules = None) -> None:
    """
    List the rules, pack by pack.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit rules list
    """
    from tenderkit.reports import rules as rule_report
    from tenderkit.rules import with_own

    streams.write(rule_report.render_list(with_own(rules)))


@app.command()
def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code or a name.", show_default=False)],
    rules: options.Rules = None,
) -> None:
    """
    Show a rule: why, what to do instead, its source and examples.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit rules show TK301
    """
    from tenderkit.reports import rules as rule_report
    from tenderkit.rules import choose, with_own

    streams.write("\n".join(rule_report.render_rule(rule) for rule in choose(with_own(rules), [code])))


@app.command()
def kinds() -> None:
    """
    List the kinds of rule and the keys of each.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit rules kinds
    """
    from tenderkit.reports import rules as rule_report
    from tenderkit.rules import load_rules

    streams.write(rule_report.render_kinds(load_rules()))


@app.command("test")
def run_examples(
    folder: Annotated[
        str | None, typer.Argument(metavar="DIR", help="A folder of packs; ours if not given.", show_default=False)
    ] = None,
) -> None:
    """
    Run the examples of rules.

    Every mistake in their files is told at once; then each example is run.

    Exit codes: 0 all examples pass, 1 an example fails, 2 a file holds a mistake.

    Example: tenderkit rules test our-rules
    """
    from tenderkit.findings import try_examples
    from tenderkit.reports.wording import count
    from tenderkit.rules import load_rules

    rules = load_rules(folder)
    failures = list(try_examples(rules))
    for line in failures:
        streams.warn(line, prefix="")
    examples = sum(len(rule.flags) + len(rule.passes) for rule in rules)
    streams.write(f"{count(len(rules), 'rule')}, {count(examples, 'example')}, {len(failures)} failing\n")
    raise typer.Exit(1 if failures else 0)
