"""A database without content, for tests that bring their own."""

from pathlib import Path

import pytest
from django.test import Client

from content.file_format import CATALOGUES
from content.models import ContentRevision, LoadedItem
from journeys.models import User
from tests.content.admin_tools import client_of, make_editor
from tests.content.releases import Release


@pytest.fixture
def no_content(db: None) -> None:
    """Take the shipped content away for this test, quickly and without history."""
    for catalogue in reversed(CATALOGUES):
        for child in catalogue.children:
            child.model.objects.all()._raw_delete("default")
        catalogue.model.objects.all()._raw_delete("default")
    for model in (LoadedItem, ContentRevision):
        model.objects.all().delete()


@pytest.fixture
def release(no_content: None, tmp_path: Path) -> Release:
    """A small guide as it was shipped first, loaded, to be changed and loaded again."""
    release = Release(tmp_path)
    release.load()
    return release


@pytest.fixture
def editor(db: None) -> User:
    return make_editor(name="Edi Editor", email="edi@example.org")


@pytest.fixture
def other_editor(db: None) -> User:
    return make_editor(name="Ola Other", email="ola@example.org")


@pytest.fixture
def as_editor(editor: User) -> Client:
    return client_of(editor)


@pytest.fixture
def as_other(other_editor: User) -> Client:
    return client_of(other_editor)


@pytest.fixture
def admin_client_with_factor(db: None) -> Client:
    return client_of(make_editor(name="Sue Super", is_superuser=True))
