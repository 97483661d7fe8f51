"""The call levels as read from the database."""

import pytest
from pytest_django import DjangoAssertNumQueries

from content import catalogue, loader
from content.call_levels import assess
from content.models import CallSettings, Symptom, SymptomSign, content_revision, touch_content
from tests.content.call_level_tools import RULES, one, situation

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    """The shipped content, and a process that has not read it yet."""
    loader.load()
    touch_content()


def test_database_and_files_give_the_same_table(loaded: None) -> None:
    found = catalogue.rules()
    assert not found.broken
    assert found == RULES
    assert found.version == RULES.version


def test_table_is_read_once_with_a_fixed_number_of_queries(
    loaded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11):
        found = catalogue.rules()
    with django_assert_num_queries(1):
        assert catalogue.rules() is found
    revision = content_revision()
    with django_assert_num_queries(0):
        assert catalogue.rules(revision) is found


def test_change_is_seen_at_once_and_changes_the_version(loaded: None) -> None:
    assert assess([one("tired", 1)], situation(), catalogue.rules()).level == "self_care"
    anchor = Symptom.objects.get(slug="tired").anchors.get(score=1)
    anchor.level = "same_day"
    anchor.save()
    changed = catalogue.rules()
    assert assess([one("tired", 1)], situation(), changed).level == "same_day"
    assert changed.version != RULES.version


def test_archived_symptom_is_no_longer_offered_but_still_counts(loaded: None) -> None:
    Symptom.objects.get(slug="shivers").save()
    tired = Symptom.objects.get(slug="tired")
    tired.status = "archived"
    tired.save()
    listed = [row.slug for row in catalogue.rules().symptoms.values() if row.listed]
    assert listed[:2] == ["fever", "shivers"]
    assert len(listed) == 71
    assert assess([one("tired", 3)], situation(), catalogue.rules()).level == "same_day"


def test_table_without_settings_leaves_everything_unchecked(loaded: None) -> None:
    CallSettings.objects.all().delete()
    touch_content()
    verdict = assess([one("tired", 1)], situation(), catalogue.rules())
    assert verdict.outcome == "unchecked"


def test_sign_that_was_deleted_leaves_its_entry_unchecked(loaded: None) -> None:
    SymptomSign.objects.get(symptom__slug="tired", slug="cannot_stay_awake").delete()
    verdict = assess([one("tired", 1, "cannot_stay_awake")], situation(), catalogue.rules())
    assert verdict.outcome == "unchecked"
