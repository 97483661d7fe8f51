"""An upgrade never gets a rule past the second editor."""

import pytest
from django.test import Client
from django.urls import reverse

from content.models import (
    CombinationRule,
    KeptField,
    PendingChange,
    Symptom,
    SymptomSign,
)
from content.upgrades import choices
from tests.content.releases import Release, choose

pytestmark = pytest.mark.usefixtures("no_content")


def test_words_of_a_rule_that_means_now_wait_for_a_second_editor(release, as_editor, as_other):
    CombinationRule.objects.update(text="Ours")
    release.row("call_rules.yaml")["text"] = "Theirs"
    release.load()
    answer = choose(as_editor, KeptField.objects.get(), "take")
    assert "Waits until a second editor confirms it" in answer.content.decode()
    assert CombinationRule.objects.get().text == "Ours"
    assert not KeptField.objects.open().exists()
    pending = PendingChange.objects.open().get()
    as_other.post(reverse("admin:decide", args=[pending.pk]), {"confirm": ""})
    assert CombinationRule.objects.get().text == "Theirs"


@pytest.mark.parametrize(("field", "value"), [("status", "archived"), ("enabled", False)])
def test_a_rule_that_means_now_is_never_hidden(release, as_editor, field, value):
    CombinationRule.objects.update(remark="Ours")
    rule = CombinationRule.objects.get()
    kept = KeptField.objects.create(
        file="call_rules.yaml:combinations", key="both", field=field, theirs=value,
        seen_at=rule.updated_at,
    )  # fmt: skip
    answer = choose(as_editor, kept, "take")
    assert answer.status_code == 422
    assert "tells people to call now" in answer.content.decode()
    assert not PendingChange.objects.exists()


NOW, MILD = (
    {"slug": "new", "text": "New lump", "level": "now"},
    {"slug": "old", "text": "Old lump", "level": "next_visit"},
)


def take_signs(release: Release, client: Client, signs: list[dict]):
    """Let an editor and an upgrade change the signs, and take those of the upgrade."""
    SymptomSign.objects.filter(slug="old").update(text="Our words")
    release.row("symptoms.yaml")["signs"] = signs
    release.load()
    return choose(client, KeptField.objects.get(), "take")


@pytest.mark.parametrize(
    "signs",
    [
        [{**NOW, "text": "Other words"}, MILD],
        [{**NOW, "level": "same_day"}, MILD],
        [NOW, {**MILD, "level": "none"}],
        [{**MILD, "text": "Only mild"}],
        [{**NOW, "slug": "other"}, MILD],
    ],
    ids=["words", "lower-now", "lower-mild", "one-goes", "another-slug"],
)
def test_signs_that_need_a_second_editor_are_not_taken(release, as_editor, signs):
    answer = take_signs(release, as_editor, signs)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "in the form of the symptom" in page
    assert reverse("admin:content_symptom_change", args=[Symptom.objects.get().pk]) in page
    stored = SymptomSign.objects.order_by("pk").values_list("slug", "text", "level")
    assert list(stored) == [("new", "New lump", "now"), ("old", "Our words", "next_visit")]


def test_signs_that_only_rise_or_come_are_taken(release, as_editor):
    more = {"slug": "third", "text": "A third", "level": "now"}
    answer = take_signs(release, as_editor, [NOW, more, {**MILD, "level": "same_day"}])
    assert answer.status_code == 200
    stored = SymptomSign.objects.order_by("pk").values_list("slug", "text", "level")
    assert list(stored) == [
        ("new", "New lump", "now"),
        ("third", "A third", "now"),
        ("old", "Old lump", "same_day"),
    ]
    assert " a third " in Symptom.objects.get().search_text
    assert choices() == []


def test_a_limit_that_waits_for_a_sign_of_nobody_is_not_taken(release, as_editor):
    symptom = Symptom.objects.get()
    limit = {"measure": "temperature", "op": ">=", "value": "38", "unit": "C", "level": "now"}
    kept = KeptField.objects.create(
        file="symptoms.yaml", key="lump", field="thresholds", seen_at=symptom.updated_at,
        theirs=[{**limit, "when_window": "", "when_sign": "nobody", "replace_by": ""}],
    )  # fmt: skip
    answer = choose(as_editor, kept, "take")
    assert answer.status_code == 422
    assert "could not be checked any more" in answer.content.decode()
    assert not symptom.thresholds.exists()


def test_signs_are_not_taken_while_one_of_them_waits(release, as_editor):
    sign = SymptomSign.objects.get(slug="new")
    PendingChange.objects.create(
        model="symptomsign", row=sign.pk, what="A sign", asked_by="Ola", asked_by_key="1",
        changes={"text": {"from": "New lump", "to": "Newer lump"}},
    )  # fmt: skip
    assert take_signs(release, as_editor, [NOW, {**MILD, "text": "Theirs"}]).status_code == 422
    assert PendingChange.objects.open().exists()
