"""The files of the project, for the tests that read code and templates."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("careguide", "content", "journeys")
SOURCES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
# Migrations are generated; formats and styles are theirs.
WRITTEN = [path for path in SOURCES if "migrations" not in path.parts]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
# Mails are no pages: no policy of ours reaches a mail program, and it knows no style sheet.
PAGES = [path for path in TEMPLATES if path.suffix == ".html" and "emails" not in path.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def template_name(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


def is_fragment(path: Path) -> bool:
    return path.name.startswith("_") or "components" in path.parts


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def under(*folders: str) -> list[Path]:
    """Return the sources that are one of these files or stand below one of these folders."""
    chosen = [
        path
        for path in SOURCES
        if any(name_of(path) == one or name_of(path).startswith(f"{one}/") for one in folders)
    ]
    assert chosen, f"nothing is called {folders} any more"
    return chosen
