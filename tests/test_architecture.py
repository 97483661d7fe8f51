"""The rules of the house: who may import whom, who asks the database, how code is written."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.sources import APPS, SOURCES, WRITTEN, functions_in, name_of, tree_of, under


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Return every module (and name in it) that the file imports, wherever the import stands."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: imports are absolute"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def reaches(path: Path, *targets: str) -> set[str]:
    return {
        name
        for name in imports_of(path)
        for target in targets
        if name == target or name.startswith(f"{target}.")
    }


def offenders(paths: list[Path], *targets: str) -> dict[str, set[str]]:
    return {name_of(path): found for path in paths if (found := reaches(path, *targets))}


# --- Who may import whom ------------------------------------------------------------------------


def test_content_never_imports_journeys():
    assert offenders(under("content"), "journeys") == {}


def migration_needs(path: Path) -> Iterator[str]:
    """Return what a migration depends on: app labels, and "user" for the swappable account."""
    for node in ast.walk(tree_of(path)):
        is_list = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in ("dependencies", "run_before")
            for target in node.targets
        )
        if not is_list:
            continue
        for item in node.value.elts:
            if isinstance(item, ast.Tuple):
                yield item.elts[0].value
            else:
                assert ast.unparse(item) == (
                    "migrations.swappable_dependency(settings.AUTH_USER_MODEL)"
                ), name_of(path)
                yield "user"


@pytest.mark.parametrize("app", ["content", "journeys"])
def test_migrations_depend_on_their_own_app_and_the_account_only(app):
    allowed = {"content": {"content", "user"}, "journeys": {"journeys", "user", "auth"}}[app]
    needs = {need for path in under(f"{app}/migrations") for need in migration_needs(path)}
    assert needs <= allowed


def test_migrations_of_content_name_no_model_of_journeys():
    for path in under("content/migrations"):
        words = [node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)]
        assert not [word for word in words if str(word).startswith("journeys")], name_of(path)


def test_the_project_package_imports_neither_app():
    assert offenders(under("careguide"), "content", "journeys") == {}


def test_models_know_no_forms_views_requests_or_access():
    assert (
        offenders(
            under("journeys/models", "content/models"),
            *("journeys.forms", "journeys.views", "journeys.actions", "journeys.access"),
            *("content.forms", "content.views", "django.http", "careguide.http", "django.forms"),
        )
        == {}
    )


def test_only_the_addresses_import_views():
    others = [path for path in SOURCES if path.name != "urls.py" and "views" not in path.parts]
    assert offenders(others, "journeys.views", "content.views") == {}


def test_views_share_only_the_helper_for_records():
    for path in under("journeys/views"):
        strays = {
            name
            for name in reaches(path, "journeys.views")
            if not name.startswith("journeys.views.records")
        }
        assert not strays, f"{name_of(path)}: {strays}"


def test_actions_import_no_forms_views_or_requests():
    lower = under(
        "journeys/actions", "journeys/exports", "journeys/records.py", "journeys/audit.py"
    )
    assert (
        offenders(lower, "journeys.forms", "journeys.views", "django.http", "careguide.http") == {}
    )


def test_access_and_audit_stand_below_actions_and_forms():
    assert (
        offenders(
            under("journeys/access.py", "journeys/audit.py"),
            *("journeys.actions", "journeys.forms", "journeys.views"),
        )
        == {}
    )


# Each library from outside has one door, so that it can be replaced and is configured once.
DOORS = {
    "markdown_it": {"content/markdown.py"},
    "nh3": {"content/markdown.py"},
    "yaml": {"content/files.py"},
    "textstat": {"content/reading.py"},
    "weasyprint": {"journeys/pdf.py"},
    "qrcode": {"journeys/qr.py"},
    "icalendar": {"journeys/ical.py"},
    "rapidfuzz": {"content/near_words.py"},
    "environ": {"careguide/settings.py"},
    "zxcvbn": {"careguide/passwords.py"},
    "crispy_forms": {"careguide/forms.py"},
    "cryptography": {"careguide/field_keys.py"},
    # Its views and addresses, its adapters, and one confirmed address for each invented person.
    "allauth": {
        "careguide/account.py",
        "careguide/security_log.py",
        "careguide/sign_in.py",
        "careguide/urls.py",
        "journeys/management/commands/make_demo.py",
    },
    "django_htmx": {"careguide/http.py"},
    "pysqlite3": {"careguide/sqlite.py"},
    # Editors' history: kept by the models, shown in the admin, told by the loader who changed what.
    "simple_history": {
        "content/models",
        "content/migrations",
        "content/admin",
        "content/loader.py",
    },
}
STANDARD = {"django", *APPS}


def outside_libraries() -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for path in SOURCES:
        for name in imports_of(path):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in STANDARD:
                used.setdefault(top, set()).add(name_of(path))
    return used


def test_every_outside_library_has_one_door():
    for library, files in outside_libraries().items():
        assert library in DOORS, f"{library} needs a door in DOORS"
        doors = DOORS[library]
        strays = {
            name
            for name in files
            if not any(name == door or name.startswith(f"{door}/") for door in doors)
        }
        assert not strays, f"{library} is imported by {strays}"


# --- One place decides --------------------------------------------------------------------------


def calls_of(path: Path, attribute: str) -> list[ast.Attribute]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == attribute
    ]


def test_only_access_and_the_models_ask_whether_a_share_counts():
    # forms, views and the rest go through access_for or Journey.objects.visible_to.
    askers = {name_of(path) for path in WRITTEN if calls_of(path, "active")}
    assert askers == {
        *("journeys/access.py", "journeys/models/journeys.py", "journeys/models/shares.py")
    }


def model_names() -> set[str]:
    """Return the names of the models of people's records and accounts."""
    return {
        node.name
        for path in under("journeys/models")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and not node.name.endswith(("QuerySet", "Manager"))
    }


def manager_uses(path: Path) -> Iterator[str]:
    """Return each `Model.objects.method` on a model of people's records, e.g. "Share.active"."""
    models = model_names()
    for node in ast.walk(tree_of(path)):
        if not (isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in models:
            parent = next(
                outer
                for outer in ast.walk(tree_of(path))
                if outer is not node and node in ast.iter_child_nodes(outer)
            )
            method = parent.attr if isinstance(parent, ast.Attribute) else "?"
            yield f"{node.value.id}.{method}"


# Where a query may begin without a journey: what one may see, a first save, a token in an address.
BEGINNINGS = (".visible_to", ".create_once", ".invited")


def test_views_and_forms_start_every_query_from_the_journey():
    for path in under("journeys/views", "journeys/forms"):
        strays = {use for use in manager_uses(path) if not use.endswith(BEGINNINGS)}
        assert not strays, f"{name_of(path)}: {strays}"


def test_no_view_filters_by_itself():
    for path in under("journeys/views"):
        assert not calls_of(path, "filter") or name_of(path) in FILTERING_VIEWS, name_of(path)


# content's visit kinds, by slug: nothing of a person.
FILTERING_VIEWS = {"journeys/views/appointments.py"}


# --- What may not stand in code -----------------------------------------------------------------

# Reviewed by hand; a new one needs a reason here.
REVIEWED = {
    ("journeys/views/reminders.py", "csrf_exempt"): "mail programs end mails with one press",
    ("careguide/views.py", "cursor"): "the health check asks the database for 1",
    ("careguide/management/commands/set_journal_mode.py", "cursor"): "a PRAGMA without input",
    ("careguide/housekeeping.py", "cursor"): "a PRAGMA, and a DELETE with one time as its input",
    ("content/templatetags/guide.py", "mark_safe"): "HTML of content/markdown.py, sanitised",
}
DANGEROUS = {
    *("raw", "extra", "RawSQL", "RunSQL", "cursor", "eval", "exec", "compile", "mark_safe"),
    *("SafeString", "SafeData", "csrf_exempt", "xframe_options_exempt", "pickle", "system"),
    # Other programs, and other machines: the database and the mail server are all there is.
    *("subprocess", "popen", "Popen", "socket", "urlopen", "urllib.request", "http.client"),
}


def dangerous_words(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = node.func
            word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            # re.compile is the one harmless namesake.
            if word in DANGEROUS and ast.unparse(called) != "re.compile":
                found.add(word)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            # SafeString may name the type of what format_html built; only a call makes one.
            names = {alias.name for alias in node.names} - {"SafeString"}
            found |= names & DANGEROUS
    return found


def test_nothing_dangerous_stands_outside_the_reviewed_list():
    found = {(name_of(path), word) for path in WRITTEN for word in dangerous_words(path)}
    assert found - set(REVIEWED) == set(), "review it, then list it with its reason"
    assert set(REVIEWED) - found == set(), "no longer there: take it off the list"


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_every_module_says_in_one_line_what_it_is_for(path):
    code = path.read_text(encoding="utf-8").strip()
    if not code:
        assert path.name == "__init__.py"
        return
    docstring = ast.get_docstring(tree_of(path))
    assert docstring, "a module opens with a docstring"
    assert docstring.splitlines()[0].endswith((".", ":", "?")), "its first line is a sentence"


def unannotated(path: Path) -> Iterator[str]:
    for node in functions_in(path):
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        named += [one for one in (arguments.vararg, arguments.kwarg) if one]
        for argument in named:
            if argument.annotation is None and argument.arg not in ("self", "cls"):
                yield f"{node.name}({argument.arg})"
        if node.returns is None:
            yield f"{node.name} -> ?"


@pytest.mark.parametrize(
    "path", [path for path in WRITTEN if path.read_text().strip()], ids=name_of
)
def test_every_signature_is_typed(path):
    assert list(unannotated(path)) == []
