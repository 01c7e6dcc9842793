"""The shape of the code: who may import whom, what is public, and that the trees drawn are the trees there are."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import etl
import etl.errors
import ipg
import query_service
import query_service.errors
from etl.registry import load_registry

PACKAGES = (etl, query_service, ipg)


def modules() -> list[str]:
    names = [package.__name__ for package in PACKAGES]
    for package in PACKAGES:
        names += [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return sorted(name for name in names if name != "ipg.__main__")


def imports(module: str) -> set[str]:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    found: set[str] = set()
    for node in ast.walk(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("name", modules())
def test_packages_meet_only_at_the_door(name: str) -> None:
    forbidden = {"etl": ("query_service", "ipg"), "query_service": ("etl", "ipg")}.get(name.split(".", maxsplit=1)[0], ())
    assert not [other for other in imports(name) if other.split(".")[0] in forbidden]


@pytest.mark.parametrize("name", modules())
def test_public_names_are_declared_and_sorted(name: str) -> None:
    module = importlib.import_module(name)
    public: list[str] = module.__all__
    assert public == sorted(public, key=lambda n: (not n.isupper(), not n[0].isupper(), n)) or public == sorted(public)
    assert all(hasattr(module, attribute) for attribute in public)


def test_imports_have_no_circle() -> None:
    known = set(modules())
    graph = {name: (imports(name) & known) - {name} for name in known}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(graph[name]):
                # a package may name its own parts: that is what makes it a package
                if not other.startswith(f"{name}.") and not name.startswith(f"{other}."):
                    visit(other, (*path, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


HEAVY = {
    "pyshacl": {"etl.validate"},
    "owlready2": {"etl.reason"},
    "owlrl": {"etl.reason"},
    "pyarrow": {"ipg.result_parquet"},
    "openpyxl": {"etl.template", "query_service.overlay.sheets", "query_service.workbook"},
    "matplotlib": {"query_service.coverage.plot"},
    "httpx": {"query_service.remote.http"},
}


@pytest.mark.parametrize("library", sorted(HEAVY))
def test_a_heavy_library_is_imported_in_one_place(library: str) -> None:
    users = {name for name in modules() if any(other.split(".")[0] == library for other in imports(name))}
    assert {re.sub(r"^(etl\.reason)\b.*", r"\1", user) for user in users} <= HEAVY[library]


@pytest.mark.parametrize("module", [etl.errors, query_service.errors])
def test_the_drawn_tree_of_errors_is_the_tree(module: ModuleType) -> None:
    classes = [
        cls
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and issubclass(cls, Exception)
    ]
    drawn = re.findall(r"^\s{4}([| ]*(?:\+-- )?)([A-Z]\w+)", module.__doc__ or "", flags=re.MULTILINE)
    depth = {name: len(indent) // 4 for indent, name in drawn}
    assert set(depth) == {cls.__name__ for cls in classes}
    for cls in classes:
        ancestors = [base for base in cls.__mro__[1:] if base in classes]
        assert depth[cls.__name__] == len(ancestors), cls.__name__


def test_no_setting_is_read_outside_the_settings_classes() -> None:
    for name in modules():
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        assert "os.environ" not in Path(spec.origin).read_text(encoding="utf-8"), name


def test_each_source_has_a_manifest_and_an_extractor(root: Path) -> None:
    slugs = {slug.replace("-", "_") for slug in load_registry(root / "data" / "sources.toml")}
    folders = {path.name for path in (root / "etl" / "sources").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders == slugs
    for folder in folders:
        assert (root / "etl" / "sources" / folder / "extractor.py").exists()
        assert (root / "etl" / "sources" / folder / "manifest.toml").exists()
