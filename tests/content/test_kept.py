"""What is kept in memory is read anew when the content changes, and only then."""

import pytest
from django.db import transaction

from content.kept import Kept
from content.models import ContentRevision, content_revision, touch_content

pytestmark = pytest.mark.django_db


class Reader:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_it_is_read_once_until_the_content_changes() -> None:
    kept = Kept(Reader())
    assert [kept(), kept()] == [1, 1]
    touch_content()
    assert [kept(), kept()] == [2, 2]


def test_who_knows_the_revision_saves_the_query(django_assert_num_queries) -> None:
    kept, revision = Kept(Reader()), content_revision()
    kept(revision)
    with django_assert_num_queries(0):
        assert kept(revision) == 1


def test_what_was_read_in_a_change_that_was_taken_back_is_not_kept_for_later() -> None:
    kept = Kept(Reader())
    kept()
    with transaction.atomic():
        touch_content()
        assert kept() == 2
        transaction.set_rollback(True)
    assert kept() == 3


def test_before_anything_was_loaded_nothing_is_kept(no_content: None) -> None:
    assert not ContentRevision.objects.exists()
    kept = Kept(Reader())
    assert [kept(), kept()] == [1, 2]
