"""What the documentation says is there, is there."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import click
from concurrency_tui import __version__
from concurrency_tui.scenarios.catalogue import lessons
from concurrency_tui.scenarios.signature import parameters
from concurrency_tui.trace.schedule_code import decode
from concurrency_tui.tui.bindings import EVERYWHERE, STAGE
from concurrency_tui.tui.cli import cli
from concurrency_tui.tui.commands.plan import settings_for
from concurrency_tui.tui.commands.report import EXIT_STATUS

from .checkout import ROOT, text
from .documents import PAGES, blocks, commands, links, prose, spans, table

KEY_NAMES: Final = {"→": "right", "←": "left", "esc": "escape", "/": "slash", "?": "question_mark"}
"""How the README writes keys, where it is not how Textual does."""


def parse(arguments: list[str]) -> click.Context:
    """Parse a command line of ours without running it. Raises click.UsageError."""
    context = cli.make_context("concurrency-tui", list(arguments))
    words = [*context._protected_args, *context.args]
    if not words:
        return context
    name, command, rest = cli.resolve_command(context, words)
    assert command is not None
    return command.make_context(name, rest, parent=context)


def options() -> set[str]:
    """Return every option that any of our commands has."""
    known = [cli, *cli.commands.values()]
    words = [each for command in known for option in command.params for each in (option.opts, option.secondary_opts)]
    return {word for each in words for word in each} | {"--help"}


def test_there_are_pages():
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "bench/README.md"} <= set(PAGES)


def test_every_command_that_is_shown_can_be_parsed():
    refused = []
    for page, shown, arguments in commands():
        try:
            parse(arguments)
        except click.UsageError as error:
            refused.append(f"{page}: {shown}: {error.format_message()}")
    assert refused == []


def test_every_option_that_is_mentioned_exists():
    mentioned = {
        (page, span.split()[0].split("=")[0]) for page in PAGES for span in spans(page) if re.match("--[a-z]", span)
    }
    assert mentioned
    assert {(page, option) for page, option in mentioned if option not in options()} == set()


def test_shown_settings_are_accepted():
    """A `--set` that a page shows for a lesson names a parameter of it, with a value it takes."""
    from concurrency_tui.scenarios.target import resolve

    checked = 0
    for _, _, arguments in commands():
        with parse(arguments) as context:
            if context.params.get("assignments"):
                target = resolve(context.params["target"])
                assert settings_for(target, context.params).parameters
                checked += 1
    assert checked


def test_schedule_codes_that_are_shown_are_right():
    codes = [code for page in PAGES for code in re.findall(r"\bct\d+(?:-[0-9A-Z]{1,4})+\b", text(page))]
    assert codes
    assert all(decode(code) for code in codes)


def test_links_lead_somewhere():
    broken = [
        (page, link)
        for page in PAGES
        for link in links(page)
        if not link.startswith(("https://", "#")) and not (ROOT / page).parent.joinpath(link.split("#")[0]).exists()
    ]
    assert broken == []


def test_links_into_a_page_lead_to_a_heading():
    lost = []
    for page in PAGES:
        for link in links(page):
            path, _, fragment = link.partition("#")
            if fragment and not link.startswith("https://"):
                target = (ROOT / page).parent / path if path else ROOT / page
                headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}
                if fragment not in anchors:
                    lost.append((page, link))
    assert lost == []


def test_paths_that_are_mentioned_exist():
    rooms = ("engine/", "scenarios/", "trace/", "tui/", "widgets/", "tests/", "bench/", "docs/", ".ci/")
    gone = {
        (page, span)
        for page in PAGES
        for span in spans(page)
        if span.startswith(rooms) and re.fullmatch(r"[\w./-]+", span) and not (ROOT / span).exists()
    }
    assert gone == set()


def test_ci_runs_the_second_command_of_the_readme():
    """CI takes it from the README by its first words; the README must have exactly two such lines, in this order."""
    opens, tests = [line for line in text("README.md").splitlines() if line.startswith("python3 -m pip install ")]
    assert opens.endswith("concurrency-tui open traffic-light")
    assert tests.split(" && ")[0] == opens.split(" && ")[0]
    assert " run pytest" in tests
    assert "grep '^python3 -m pip install ' README.md" in text(".ci/run")
    assert '-c "${commands[1]}"' in text(".ci/run")


def test_both_commands_stand_on_the_first_screen_of_the_readme():
    first_screen = text("README.md").splitlines()[:20]
    assert sum(line.startswith("python3 -m pip install ") for line in first_screen) == 2


def test_keys_of_the_readme_are_bound():
    bound = {key for binding in (*STAGE, *EVERYWHERE) for key in binding.key.split(",")}
    rows = table("README.md", "| key | what it does |")
    shown = {key for row in rows for cell in row for key in re.findall(r"`([^`]+)`", cell)}
    assert shown
    assert {key for key in shown if KEY_NAMES.get(key, key) not in bound} == set()


def test_exit_statuses_of_the_readme_are_those_of_run():
    documented = {int(status) for status, _ in table("README.md", "| exit status of `run` | the program |")}
    assert documented == {*EXIT_STATUS.values(), click.UsageError.exit_code}


def test_lessons_that_the_readme_names_exist():
    (sentence,) = [part for part in prose("README.md").split("\n\n") if "names the lessons" in part.replace("\n", " ")]
    named = re.findall(r"`([^`]+)` \(", sentence)
    assert "traffic-light" in named
    assert set(named) <= {lesson.name for lesson in lessons()}


def test_the_signature_in_the_readme_becomes_a_control_panel():
    (source,) = [block for block in blocks("README.md", "python") if "def main" in block]
    assert [parameter.name for parameter in parameters(source)] == ["workers", "pause", "fair"]


def test_python_that_is_shown_compiles():
    for page in PAGES:
        for block in blocks(page, "python"):
            compile(block, page, "exec")


def test_the_changelog_is_about_the_present_version():
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", text("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


def test_the_lowest_python_is_said_alike_everywhere():
    lowest = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert f"Python {lowest} or newer" in prose("README.md")
    assert f"Python {lowest} or newer" in text(".ci/run")


def test_the_example_of_a_trace_is_what_a_run_writes(tmp_path: Path):
    (tmp_path / "hello.py").write_text("print('hello')\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "concurrency_tui", "run", "hello.py", "--trace", "run.jsonl"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    (example,) = blocks("docs/trace-format.md", "json")
    assert (tmp_path / "run.jsonl").read_text(encoding="utf-8") == example
    assert all(json.loads(line) for line in example.splitlines())


def test_shell_blocks_can_be_pasted():
    """They hold whole lines: no prompt, and no line that goes on below."""
    lines = [line for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()]
    assert lines
    assert [line for line in lines if line.startswith(("$", ">")) or line.endswith("\\")] == []
