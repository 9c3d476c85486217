"""The import line is straight, and what belongs in one place stands nowhere else."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tenderkit.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tenderkit"
FEW_EXPRESSIONS = 5  # of a function that may be alike elsewhere
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each module, or package, imports only from those above it.
LINE = [
    "__init__", "errors", "resources", "cache", "document", "spelling", "tokens", "readers", "sources",
    "phrases", "occurrences",
    "weights", "vocabulary", "language", "matching", "compiled", "kept_readings", "readings",
    "probe", "passage_model", "hearing", "confidence", "cues", "insertions",
    "cue_index", "lessening", "clause_ends", "cue_finding", "covering", "measures",
    "roles", "settings_file", "settings",
    "keyword_lists", "denials", "copies", "copied_text", "repeats", "evidence", "integrity",
    "quotations", "row_answers", "refraining", "stance_rules", "main_clause", "signs", "stance_signs", "compiled_cues",
    "proof", "topics", "judging", "lead_ins", "answers", "scoring", "results",
    "assess", "named_vocabulary",
    "clause_numbers", "compliance", "obligations", "requirement_tables", "requirements", "stems", "counted",
    "similarity", "distinctive", "passages", "requirement_quality", "answer_finding", "trace",
    "tie_tables", "ties", "tie_finding",
    "severity", "check_settings", "checks", "rules", "fingerprints", "findings",
    "suppressions", "baseline",
    "watch",
    "batch", "earlier", "vocabulary_check", "vocabulary_audit", "vocabulary_trial", "skos",
    "margins", "compare", "redraft",
    "labels", "lessons", "fitting", "stance_fitting", "model_fitting", "model_lines", "model_learning", "probe_fitting",
    "intervals", "evaluation",
    "reports", "annotate",
    "verdict", "checking", "cli", "__main__",
]  # fmt: skip


def dotted(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {dotted(path): path for path in MODULES}


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path):
    """Yield the dotted names of tenderkit's modules that a module imports, anywhere in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "tenderkit")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: import by the full name"
            if node.module and node.module.split(".")[0] == "tenderkit":
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    yield whole if whole in NAMES else node.module


def place(name):
    return LINE.index(name.split(".")[1] if "." in name else "__init__")


def identify(path):
    return str(path.relative_to(ROOT))


def test_every_module_has_its_place_in_the_line():
    found = {path.stem if path.suffix else path.name for path in PACKAGE.iterdir() if path.suffix in {"", ".py"}}
    found -= {"__pycache__", "py"}
    assert sorted(found) == sorted(LINE)


@pytest.mark.parametrize("path", MODULES, ids=identify)
def test_a_module_imports_only_from_above_it(path):
    name = dotted(path)
    for other in imported(path):
        same_folder = other.split(".")[:2] == name.split(".")[:2] and "." in name
        assert same_folder or place(other) < place(name), f"{name} imports {other}"


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter({name: set(imported(path)) for name, path in NAMES.items()}).prepare()


@pytest.mark.parametrize("path", [path for path in MODULES if "cli" not in path.parts], ids=identify)
def test_only_the_command_line_prints_or_opens_a_terminal(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "input", "exit", "quit"}, f"line {node.lineno}"
            if node.func.id == "Console":
                assert any(keyword.arg == "file" for keyword in node.keywords), f"line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in {"stdout", "stderr", "exit", "argv"}, f"line {node.lineno}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [str(node.module)]
            assert not any(name.split(".")[0] in {"typer", "click", "logging"} for name in names), f"line {node.lineno}"


def words_of_code(path):
    """Yield the text constants of a module that are no docstring."""
    parsed = tree(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(parsed) if isinstance(node, documented)
                  and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@cache
def outcome_ids():
    return {outcome.id for outcome in load_vocabulary().outcomes} - {"data", "value"}  # words that code needs itself


@pytest.mark.parametrize("path", MODULES, ids=identify)
def test_no_code_knows_the_name_of_an_outcome(path):
    assert not outcome_ids() & set(words_of_code(path))


@pytest.mark.parametrize("path", MODULES, ids=identify)
def test_a_module_is_short_enough_to_hold_in_the_head(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def bodies(path):
    """Yield the functions of a module that do more than a little, each with what it does, but for its docstring."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            if sum(isinstance(part, ast.expr) for step in body for part in ast.walk(step)) > FEW_EXPRESSIONS:
                yield node.name, ast.dump(ast.Module(body, []))


def test_no_two_modules_hold_the_same_function():
    seen = {}
    for path in MODULES:
        for name, does in bodies(path):
            first = seen.setdefault(does, (path, name))
            assert first[0] == path, f"{identify(path)}: {name} is {first[1]} of {identify(first[0])}"


def test_vocabularies_and_rules_hold_no_code():
    assert not [path for folder in ("vocab", "rules") for path in (ROOT / folder).rglob("*.py")]
