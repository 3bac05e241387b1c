"""Imports point one way, steps never import each other, only the reader fills layers of a document."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from masdar.types import Document

ROOT = Path(__file__).parents[1] / "masdar"
MODULES = sorted(ROOT.rglob("*.py"))
# the order of the tree; a module may import from its own line and from those above it
ORDER = (
    ("types", "errors", "plover", "labels", "__init__"),
    ("text",),
    ("pieces", "windows"),
    ("tagger", "gazetteer", "actors", "roles", "wikidata"),
    ("spans", "spoken"),
    ("steps",),
    ("overrides",),
    ("reader", "record"),
    ("schema", "explain", "sources", "store"),
    ("exports",),
    ("cli", "web", "__main__"),
)
HEIGHT = {name: height for height, names in enumerate(ORDER) for name in names}
LAYERS = frozenset(field.name for field in fields(Document)) - {"article"}


def part(module: str) -> str:
    """The part of the package a module is of: masdar.steps.times.rules → steps."""
    return [*module.split("."), "__init__"][1]


def name_of(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(("masdar", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules of masdar that a module imports when it runs; those for types only are left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "masdar":
            yield node.module
        yield from imports(node)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    here = HEIGHT[part(name_of(path))]
    above = [module for module in imports(ast.parse(path.read_text("utf-8"))) if HEIGHT[part(module)] > here]
    assert above == []


@pytest.mark.parametrize("path", [path for path in MODULES if part(name_of(path)) == "steps"], ids=name_of)
def test_steps_do_not_import_each_other(path: Path) -> None:
    step = [*name_of(path).split("."), ""][2]
    imported = {m.split(".")[2] for m in imports(ast.parse(path.read_text("utf-8"))) if m.startswith("masdar.steps.")}
    assert imported <= {step}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "reader.py"], ids=name_of)
def test_only_the_reader_fills_layers(path: Path) -> None:
    filled = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in LAYERS
        if ast.unparse(node.value) == "doc"
    ]
    assert filled == []
