"""A database without content, for tests that bring their own."""

import pytest

from content.file_format import CATALOGUES
from content.models import ContentRevision, LoadedItem


@pytest.fixture
def no_content(db: None) -> None:
    """Take the shipped content away for this test, quickly and without history."""
    for catalogue in reversed(CATALOGUES):
        for child in catalogue.children:
            child.model.objects.all()._raw_delete("default")
        catalogue.model.objects.all()._raw_delete("default")
    for model in (LoadedItem, ContentRevision):
        model.objects.all().delete()
