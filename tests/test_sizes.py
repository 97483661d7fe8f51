"""How large a file, a function or a class may get before it is split."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.sources import (
    TEMPLATES,
    TESTS,
    WRITTEN,
    functions_in,
    is_fragment,
    name_of,
    tree_of,
)

MODULE_LINES = 300
VIEW_LINES = 45
FUNCTION_LINES = 40
CLASS_LINES = 150
PAGE_LINES = 140
FRAGMENT_LINES = 60
TEST_LINES = 350

# Larger ones, each with its reason.
LARGER_MODULES = {
    "careguide/settings.py": (360, "one file for every setting, mostly comments"),
}
LARGER_FUNCTIONS = {
    "content/call_levels.py:_assess_entry": (
        50,
        "every input is tried apart, so none hides another",
    ),
}
LARGER_CLASSES = {
    "content/loader.py:_Load": (160, "one load of all kinds, in its order"),
}
LARGER_TESTS = {
    "tests/journeys/test_call_level_cases.py": (600, "every case of the call levels, by the form"),
    "tests/test_bad_input.py": (560, "every form with every bad value, one table"),
}


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(found: dict[str, int], stop: int, exceptions: dict[str, tuple[int, str]]) -> set[str]:
    return {
        f"{name}: {size}"
        for name, size in found.items()
        if size > (exceptions[name][0] if name in exceptions else stop)
    }


def test_modules_stay_small():
    sizes = {name_of(path): lines(path) for path in WRITTEN}
    assert too_long(sizes, MODULE_LINES, LARGER_MODULES) == set()


def functions() -> Iterator[tuple[str, int, bool]]:
    """Return (name, lines, whether it is a view) of every function."""
    for path in WRITTEN:
        for node in functions_in(path):
            yield f"{name_of(path)}:{node.name}", length(node), "views" in name_of(path)


def test_functions_stay_small():
    views = {name: size for name, size, is_view in functions() if is_view}
    others = {name: size for name, size, is_view in functions() if not is_view}
    assert too_long(views, VIEW_LINES, LARGER_FUNCTIONS) == set()
    assert too_long(others, FUNCTION_LINES, LARGER_FUNCTIONS) == set()


def test_classes_stay_small():
    sizes = {
        f"{name_of(path)}:{node.name}": length(node)
        for path in WRITTEN
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    }
    assert too_long(sizes, CLASS_LINES, LARGER_CLASSES) == set()


def test_templates_stay_small():
    pages = {name_of(path): lines(path) for path in TEMPLATES if not is_fragment(path)}
    fragments = {name_of(path): lines(path) for path in TEMPLATES if is_fragment(path)}
    assert too_long(pages, PAGE_LINES, {}) == set()
    assert too_long(fragments, FRAGMENT_LINES, {}) == set()


def test_test_modules_stay_small():
    sizes = {name_of(path): lines(path) for path in TESTS}
    assert too_long(sizes, TEST_LINES, LARGER_TESTS) == set()


def test_exceptions_are_still_there():
    modules = {name_of(path) for path in WRITTEN}
    assert set(LARGER_MODULES) <= modules
    assert set(LARGER_FUNCTIONS) <= {name for name, _size, _is_view in functions()}
    assert set(LARGER_TESTS) <= {name_of(path) for path in TESTS}
