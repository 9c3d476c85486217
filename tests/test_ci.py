"""
tenderkit where it is used every day: the pre-commit hook, the GitHub action, the GitLab job, and README's walk.

Each is run as its host would, with this checkout installed anew into an environment of its own. Only what tenderkit
depends on is borrowed from the environment that runs the tests, so that no network is needed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tenderkit import __version__

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LIVING = README[README.index("### Living with findings") :]
SHIPPED = [
    "tenderkit",
    "vocab",
    "rules",
    "README.md",
    "LICENSE",
    "pyproject.toml",
    ".pre-commit-hooks.yaml",
    "action.yml",
]
BORROWING = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip takes any value of this one for "no isolation"
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONPATH": sysconfig.get_path("purelib"),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A. Brook", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A. Brook", "GIT_COMMITTER_EMAIL": "a@example.org",
    "SOURCE_DATE_EPOCH": "1796083200",  # 1 December 2026: README's baseline has not expired
}  # fmt: skip


def start(*command, cwd, **environment):
    here = Path(sys.executable).parent  # where pre-commit and tenderkit are
    path = os.pathsep.join([str(here), os.environ["PATH"]])
    everything = {**os.environ, "PATH": path, **BORROWING, **environment}
    return subprocess.run(command, cwd=cwd, env=everything, capture_output=True, text=True, check=False)


def fenced(language):
    return re.search(rf"```{language}\n(.*?)```", LIVING, re.DOTALL).group(1)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A repository of this checkout as it stands, with a version that a hook can name."""
    folder = tmp_path_factory.mktemp("project")
    for name in SHIPPED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "As it stands"], ["tag", f"v{__version__}"]):
        done = start("git", *command, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def walked(tmp_path, project):
    """README's walk, walked: each command with its exit code and what it printed."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    config = tmp_path / "samples" / "pre-commit-config.yaml"
    config.write_text(config.read_text().replace("https://example.org/tenderkit.git", str(project)))
    lines = [line for line in fenced("sh").splitlines() if line]
    script = "".join(f"{line}\nprintf '\\n@@ %s\\n' $?\n" for line in lines)
    done = start("bash", "-c", script, cwd=tmp_path, PRE_COMMIT_HOME=str(tmp_path / "home"))
    told = re.split(r"\n@@ (\d+)\n", done.stdout)
    assert len(told) == 2 * len(lines) + 1, done.stdout + done.stderr
    return [(line, int(code), out, tmp_path) for line, out, code in zip(lines, told[::2], told[1::2], strict=False)]


def test_the_walk_of_the_readme_ends_as_it_says(walked):
    for line, code, out, _ in walked:
        said = line.partition("# ")[2]
        assert code == (1 if said.startswith("fails") else 0), f"{line}\n{out}"
        if found := re.search(r"\d+ findings?\b", said):
            assert f"{found[0]} in 1 document" in out
    first, passed, last = (out for line, _, out, _ in walked if line.startswith("pre-commit"))
    assert "The placeholder “[insert start date]” was left in." in first
    assert "Passed" in passed
    assert "The placeholder “[insert end date]” was left in." in last
    assert "22 accepted" in last
    _, _, _, folder = walked[0]
    (installed,) = (folder / "home").glob("repo*/py_env*")
    assert list(installed.glob("lib/python*/site-packages/tenderkit/__init__.py"))  # it ran what it had installed


def test_the_hook_takes_documents_and_nothing_else():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    takes = re.compile(hook["files"])
    assert all(takes.search(name) for name in ("a.md", "it/Draft 2.DOCX", "b.odt", "c.pdf", "d.html", "e.txt"))
    assert not any(takes.search(name) for name in ("a.py", "tenderkit.toml", "known.yml", "b.docx.lock"))
    assert hook["entry"].split() == ["tenderkit", "check"]


def run_step(step, values, python, project, *, cwd, **environment):
    """Run a shell step of the action as GitHub's runner does."""
    assert "${{" not in step["run"]  # what others write is data, never part of a script
    environment |= {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], value)
        for name, value in step.get("env", {}).items()
    }
    environment["PATH"] = os.pathsep.join([str(python), os.environ["PATH"]])
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
    return start(*shell, step["run"], cwd=cwd, GITHUB_ACTION_PATH=str(project), **environment)


@pytest.fixture(scope="module")
def action(tmp_path_factory, project):
    """The action, its first shell step run in a new environment: it has installed tenderkit there."""
    folder = tmp_path_factory.mktemp("environment")
    done = start(sys.executable, "-m", "virtualenv", "-q", "--no-periodic-update", str(folder), cwd=folder)
    assert done.returncode == 0, done.stderr
    python = folder / ("Scripts" if os.name == "nt" else "bin")
    action = yaml.safe_load((project / "action.yml").read_text())
    install, *steps = [step for step in action["runs"]["steps"] if "run" in step]
    done = run_step(install, {}, python, project, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (python / "tenderkit").exists()
    return action["inputs"], steps, python


@pytest.fixture
def act(tmp_path, project, action):
    """Run the other shell steps of the action in a folder with the sample template."""
    inputs, steps, python = action
    templates = tmp_path / "templates"
    templates.mkdir()
    shutil.copy(ROOT / "samples" / "template-draft.md", templates)

    def act(**given):
        values = {f"inputs.{name}": given.get(name, str(one.get("default", ""))) for name, one in inputs.items()}
        outputs = tmp_path / "outputs"
        outputs.write_text("")
        said, done = "", None
        for step in steps:
            written = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            values |= {f"steps.check.outputs.{name}": value for name, value in written.items()}
            done = run_step(step, values, python, project, cwd=tmp_path, GITHUB_OUTPUT=str(outputs))
            said += done.stdout + done.stderr
        return done.returncode, said, tmp_path / values["inputs.sarif-file"]

    return act


def test_the_action_writes_sarif_and_fails_for_findings(act):
    code, said, sarif = act(paths="templates\n")
    (run,) = json.loads(sarif.read_text(encoding="utf-8"))["runs"]
    assert (code, len(run["results"])) == (1, 22), said
    assert "::error" not in said


def test_the_action_takes_options_and_annotates_where_it_does_not_upload(act):
    code, said, _ = act(
        paths="\ntemplates/template-draft.md\n\n", options="--select TK4 --fail-on error", upload="false"
    )
    assert code == 1
    assert len(re.findall("^::", said, re.MULTILINE)) == 9, said
    assert "::error file=templates/template-draft.md,line=15,title=TK401 " in said
    code, said, _ = act(paths="templates", options="--select ojeu --fail-on error", upload="false")
    assert (code, said.count("::warning")) == (0, 1)


def test_the_action_tells_wrong_usage_and_runs_nothing_that_is_typed_into_it(act, tmp_path):
    code, _, sarif = act(paths="templates", options="--select TK999 $(touch typed) ; touch typed")
    assert code == 2
    assert not sarif.exists()
    assert not (tmp_path / "typed").exists()
    assert act(paths="$(touch typed)`touch typed`")[0] == 3
    assert not (tmp_path / "typed").exists()


def test_the_action_and_the_gitlab_job_keep_to_the_schemas_of_their_hosts(tmp_path):
    job = tmp_path / ".gitlab-ci.yml"
    job.write_text(fenced("yaml(?=\ntenderkit:)"))
    for schema, file in (("vendor.github-actions", ROOT / "action.yml"), ("vendor.gitlab-ci", job)):
        done = start(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file), cwd=tmp_path)
        assert done.returncode == 0, done.stdout


def test_the_gitlab_job_writes_the_report_that_it_hands_on(tmp_path):
    job = yaml.safe_load(fenced("yaml(?=\ntenderkit:)"))["tenderkit"]
    (tmp_path / "templates").mkdir()
    shutil.copy(ROOT / "samples" / "template-draft.md", tmp_path / "templates")
    done = start("bash", "-c", job["script"][1], cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    issues = json.loads((tmp_path / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert {issue["location"]["path"] for issue in issues} == {"templates/template-draft.md"}
    assert len({issue["fingerprint"] for issue in issues}) == 22


def test_the_step_for_github_names_inputs_that_the_action_has():
    (step,) = yaml.safe_load(fenced("yaml(?=\n- uses:)"))
    assert step["uses"].endswith(f"@v{__version__}")
    assert step["with"].keys() <= yaml.safe_load((ROOT / "action.yml").read_text())["inputs"].keys()


@pytest.mark.parametrize(("outcome", "code"), [("inclusion", 0), ("leadership", 1)])
def test_the_settings_for_check_that_the_readme_shows_do_what_they_say(tmp_path, outcome, code):
    settings = fenced("toml").replace("inclusion =", f"{outcome} =")
    (tmp_path / "tenderkit.toml").write_text(settings, encoding="utf-8")
    shutil.copy(ROOT / "samples" / "template-corrected.md", tmp_path)
    (tmp_path / "known.yml").write_text("schema: tenderkit/baseline/1\nfindings: []\n")
    done = start(sys.executable, "-m", "tenderkit", "check", "template-corrected.md", "--statistics", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (code, f"tenderkit: settings from {tmp_path / 'tenderkit.toml'}\n")
    assert ("TK202 below-profile" in done.stdout) == bool(code)
