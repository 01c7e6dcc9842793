"""The documentation tells the truth: its commands run and print what it says, its links lead somewhere, its names exist."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Store

from etl.fingerprint import release
from etl.snapshot import current_snapshot
from ipg.reference import render_pages
from tests.checkout import clean_environment

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
#: Commands that a test cannot run inside itself: they set up, serve, or run all tests.
NOT_INSIDE = ("make ", "ipg add", "ipg build")


class Block(NamedTuple):
    """A fenced block, and the output block that follows it."""

    language: str
    text: str
    output: str | None


def blocks(page: Path) -> list[Block]:
    found = re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [
        Block(language, text, found[n + 1][1] if n + 1 < len(found) and found[n + 1][0] == "text" else None)
        for n, (language, text) in enumerate(found)
    ]


def all_blocks(*languages: str) -> list[pytest.param]:  # type: ignore[valid-type]
    return [
        pytest.param(block, id=f"{page.relative_to(ROOT)}-{n}")
        for page in PAGES
        for n, block in enumerate(blocks(page))
        if block.language in languages
    ]


@pytest.mark.parametrize("block", all_blocks("sh"))
def test_shell_commands_run_and_print_what_is_shown(block: Block, served: str, home: Path) -> None:
    script = block.text.replace("http://127.0.0.1:8000", served).replace(".venv/bin/ipg", f"{sys.executable} -m ipg")
    script = re.sub(r"^ipg ", f"{sys.executable} -m ipg ", script, flags=re.MULTILINE).replace(
        "build/current", str(home / "current")
    )
    if block.text.startswith(NOT_INSIDE):
        targets = re.findall(r"^make ([\w-]+)$", block.text, flags=re.MULTILINE)
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in targets)
        return
    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=ROOT,
        env=clean_environment(IPG_HOME=home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    if block.output is not None:
        assert result.stdout.replace("\r\n", "\n").strip() == block.output.strip()


@pytest.mark.parametrize("block", all_blocks("python"))
def test_python_examples_run(block: Block, served: str, home: Path) -> None:
    code = block.text.replace("http://127.0.0.1:8000", served)
    environment = clean_environment(IPG_HOME=home)
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("block", all_blocks("sparql"))
def test_queries_of_the_documentation_have_answers(block: Block, home: Path) -> None:
    snapshot = current_snapshot(home)
    assert snapshot is not None
    assert next(iter(Store.read_only(str(snapshot / "store")).query(block.text)), None) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_and_terms_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    folders = "ontology|shapes|etl|query_service|sparql_examples|docs|tests"
    for path in re.findall(rf"`((?:{folders}|data/(?:curation|records))/[\w./-]*)`", text):
        assert (ROOT / path).exists(), f"{page.name} names {path}"
    defined = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "ontology" / "modules").glob("*.ttl"))
    for term in set(re.findall(r"\bipg:([A-Za-z]\w+)", text)):
        assert re.search(rf"^ipg:{term}\b", defined, flags=re.MULTILINE), f"{page.name} names ipg:{term}"


@pytest.mark.parametrize("name", ["ontology.md", "commands.md", "settings.md"])
def test_generated_pages_are_fresh(name: str) -> None:
    fresh = render_pages(ROOT)[name]
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == fresh, "run: python -m ipg.reference"


def test_every_command_and_setting_is_in_the_reference() -> None:
    settings = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for page in PAGES:
        for name in set(re.findall(r"`(IPG_[A-Z_]+)`", page.read_text(encoding="utf-8"))) - {"IPG_CONFORMANCE", "IPG_VOCAB"}:
            assert f"`{name}`" in settings, f"{page.name} names {name}"
    commands = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for page in PAGES:
        for command in set(re.findall(r"`ipg ([a-z]+)", page.read_text(encoding="utf-8"))):
            assert f"## ipg {command}" in commands, f"{page.name} names ipg {command}"


def test_versions_agree() -> None:
    version = release()
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    header = (ROOT / "ontology" / "ipg.ttl").read_text(encoding="utf-8")
    assert f'owl:versionInfo "{version}"' in header
    assert f"/ontology/{version}>" in header
    assert (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").count("## [Unreleased]") == 1


def test_the_project_speaks_of_itself_alone() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    hosts = "|".join(("py" + r"pi\.org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian"))
    pattern = re.compile(rf"(?:^|[\s\"'=(])/(?:work|root|home/\w+)/|{hosts}", flags=re.MULTILINE)
    for name in filter(None, tracked):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".xlsx"} and path.name != "test_docs.py":
            content = path.read_bytes()
            text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
            assert not pattern.search(text), name
