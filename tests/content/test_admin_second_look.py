"""Call levels: what one editor may not do alone, and how two do it."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from content.catalogue import rules
from content.models import (
    Centre,
    CombinationRule,
    PendingChange,
    Status,
    Symptom,
    SymptomAnchor,
    SymptomSign,
    SymptomThreshold,
)
from content.red_path import is_signed
from content.second_look import confirm, held_fields
from tests.content.admin_tools import (
    change_url,
    client_of,
    form_of,
    make_editor,
    rule,
    save,
    sign_off,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def threshold() -> SymptomThreshold:
    """The temperature from which one calls now, in degrees Celsius."""
    return SymptomThreshold.objects.filter(
        symptom__slug="fever", level="now", unit="C", value="38", when_window="", when_sign=""
    ).first()


def decide(client, word="confirm", follow=True):
    pending = PendingChange.objects.open().get()
    return client.post(reverse("admin:decide", args=[pending.pk]), {word: ""}, follow=follow)


def test_a_limit_that_means_now_changes_when_a_second_editor_confirms(
    as_editor, as_other, threshold
):
    before = rules().version
    response = save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    assert "Waits until a second editor confirms it" in response.content.decode()
    threshold.refresh_from_db()
    assert threshold.value == 38
    assert rules().version == before
    desk = as_other.get(reverse("admin:index")).content.decode()
    assert "Edi Editor" in desk
    assert "<del>38</del> → <ins>37.9</ins>" in desk
    assert "In force now" in decide(as_other).content.decode()
    threshold.refresh_from_db()
    assert str(threshold.value) == "37.90"
    assert rules().version != before
    reason = threshold.history.latest().history_change_reason
    assert "Edi Editor" in reason


def test_nobody_confirms_their_own_change(as_editor, editor, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "39"})
    assert b'name="confirm"' not in as_editor.get(reverse("admin:index")).content
    answer = decide(as_editor)
    assert "Somebody else has to confirm this change." in answer.content.decode()
    threshold.refresh_from_db()
    assert threshold.value == 38
    # Neither does a new name help.
    editor.name = "Another Name"
    editor.save()
    with pytest.raises(ValidationError):
        confirm(PendingChange.objects.get(), editor)


def test_the_database_refuses_it_too(as_editor, editor, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "39"})
    with pytest.raises(IntegrityError), transaction.atomic():
        PendingChange.objects.update(accepted=True, decided_by_key=str(editor.pk))


def test_a_superuser_is_one_editor_like_any_other(threshold):
    client = client_of(make_editor(is_superuser=True))
    save(client, threshold.symptom, **{rule(threshold, "value"): "39"})
    decide(client)
    threshold.refresh_from_db()
    assert threshold.value == 38


@pytest.mark.verify
def test_the_one_who_asked_takes_it_back_and_others_reject(as_editor, as_other, threshold):
    for client in (as_editor, as_other):
        save(as_editor, threshold.symptom, **{rule(threshold, "value"): "39"})
        assert "Rejected" in decide(client, "reject").content.decode()
    assert not PendingChange.objects.open().exists()
    assert PendingChange.objects.filter(accepted=False).count() == 2
    threshold.refresh_from_db()
    assert threshold.value == 38


@pytest.mark.verify
def test_a_change_is_decided_once(as_editor, as_other, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    pending = PendingChange.objects.get()
    decide(as_other)
    address = reverse("admin:decide", args=[pending.pk])
    assert as_other.post(address, {"confirm": ""}).status_code == 404
    assert as_other.get(address).status_code == 405


@pytest.mark.verify
def test_a_change_of_what_has_changed_since_is_refused(as_editor, as_other, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    SymptomThreshold.objects.filter(pk=threshold.pk).update(value="37.6")
    assert "has changed since" in decide(as_other).content.decode()
    threshold.refresh_from_db()
    assert str(threshold.value) == "37.60"


def test_staff_without_the_right_can_confirm_nothing(as_editor, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    helper = make_editor()
    helper.groups.clear()
    client = client_of(helper)
    assert decide(client, follow=False).status_code == 403
    assert "Fever" not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.verify
def test_words_of_a_sign_that_means_now_wait_and_those_of_others_do_not(as_editor):
    sign = SymptomSign.objects.filter(level="now").first()
    save(as_editor, sign.symptom, **{rule(sign, "text"): "Other words"})
    sign.refresh_from_db()
    assert sign.text != "Other words"
    mild = SymptomSign.objects.filter(level="next_visit", level_by_window={}).first()
    save(as_editor, mild.symptom, **{rule(mild, "text"): "Other words"})
    mild.refresh_from_db()
    assert mild.text == "Other words"
    assert PendingChange.objects.count() == 1


def test_a_level_rises_at_once_and_sinks_with_two(as_editor, as_other):
    anchor = SymptomAnchor.objects.filter(level="next_visit").first()
    save(as_editor, anchor.symptom, **{rule(anchor, "level"): "same_day"})
    anchor.refresh_from_db()
    assert anchor.level == "same_day"
    save(as_editor, anchor.symptom, **{rule(anchor, "level"): "none"})
    anchor.refresh_from_db()
    assert anchor.level == "same_day"
    decide(as_other)
    anchor.refresh_from_db()
    assert anchor.level == "none"


@pytest.mark.verify
def test_a_looser_rule_after_treatment_needs_two(as_editor):
    symptom = Symptom.objects.filter(after_rule="same").first()
    save(as_editor, symptom, after_rule="step_down", do_now="Rest first.")
    symptom.refresh_from_db()
    assert (symptom.after_rule, symptom.do_now) == ("same", "Rest first.")
    assert PendingChange.objects.get().changes == {
        "after_rule": {"from": "same", "to": "step_down"}
    }


@pytest.mark.verify
def test_a_symptom_with_a_now_sign_is_neither_archived_nor_a_draft(as_editor):
    symptom = Symptom.objects.get(slug="fever")
    for status in ("archived", "draft"):
        assert "cannot be archived" in save(as_editor, symptom, status=status).content.decode()
    symptom.refresh_from_db()
    assert symptom.status == "published"


def test_a_combination_that_means_now_stays_in_use(as_editor):
    row = CombinationRule.objects.filter(level="now").first()
    for values in ({"status": "archived"}, {"status": "draft"}, {"enabled": []}):
        assert "cannot be archived" in save(as_editor, row, **values).content.decode()
    save(as_editor, row, conditions=json.dumps([{"fever": True}]))
    assert list(PendingChange.objects.get().changes) == ["conditions"]


def test_conditions_that_the_check_does_not_know_are_refused(as_editor):
    row = CombinationRule.objects.first()
    refused = save(as_editor, row, conditions=json.dumps([{"moon": "full"}]))
    assert "The check does not know this" in refused.content.decode()


@pytest.mark.verify
def test_rows_of_rules_cannot_be_deleted_by_a_forged_form(as_editor, threshold):
    count = threshold.symptom.thresholds.count()
    name = rule(threshold, "DELETE")
    save(as_editor, threshold.symptom, **{name: "on"})
    assert threshold.symptom.thresholds.count() == count


def test_a_restored_state_of_a_rule_waits_too(as_editor):
    symptom = Symptom.objects.filter(after_rule="same").first()
    old = symptom.history.latest()
    old.after_rule = "step_down"
    old.save()
    address = reverse("admin:content_symptom_simple_history", args=[symptom.pk, old.pk])
    as_editor.post(address, form_of(as_editor, address))
    symptom.refresh_from_db()
    assert symptom.after_rule == "same"
    assert PendingChange.objects.open().count() == 1


@pytest.mark.verify
def test_a_change_in_force_voids_the_sign_off(as_editor, as_other, threshold):
    Centre(name="Ward").save()
    sign_off(as_editor)
    assert is_signed(Centre.load(), rules())
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    assert is_signed(Centre.load(), rules())
    decide(as_other)
    assert not is_signed(Centre.load(), rules())


@pytest.mark.verify
def test_the_limit_of_the_centre_needs_two_and_voids_the_sign_off(as_editor, as_other):
    Centre(name="Ward").save()
    sign_off(as_editor)
    assert is_signed(Centre.load(), rules())
    save(as_editor, Centre.load(), fever_limit="38.3")
    assert Centre.load().fever_limit is None
    decide(as_other)
    assert str(Centre.load().fever_limit) == "38.3"
    assert not is_signed(Centre.load(), rules())


def test_a_new_row_that_only_adds_a_level_is_in_force_at_once(as_editor):
    symptom = Symptom.objects.get(slug="nausea")
    count = symptom.signs.count()
    extra = {
        "signs-TOTAL_FORMS": str(count + 1),
        f"signs-{count}-text": "Something new",
        f"signs-{count}-slug": "something_new",
        f"signs-{count}-level": "same_day",
    }
    assert save(as_editor, symptom, **extra).redirect_chain
    assert "something_new" in rules().symptoms["nausea"].signs
    assert "something new" in Symptom.objects.get(slug="nausea").search_text


@pytest.mark.verify
def test_a_waiting_change_is_told_on_the_form_itself(as_editor, as_other, threshold):
    save(as_editor, threshold.symptom, **{rule(threshold, "value"): "37.9"})
    page = as_other.get(change_url(threshold.symptom)).content.decode()
    assert "Waits for a second editor:" in page


LOOSER = [
    (SymptomAnchor(level="same_day"), {"level": "next_visit"}, True),
    (SymptomAnchor(level="same_day"), {"level": "now"}, False),
    (SymptomAnchor(level="same_day"), {"text": "x"}, False),
    (SymptomAnchor(level="now"), {"text": "x"}, True),
    (SymptomAnchor(level="now"), {"level": "ambulance"}, True),
    (SymptomSign(level="none", level_by_window={"steroid": "now"}), {"text": "x"}, True),
    (SymptomSign(level="none", level_by_window={"a": "same_day"}), {"level_by_window": {}}, True),
    (SymptomSign(level="none"), {"level_by_window": {"a": "now"}}, False),
    (CombinationRule(level="same_day"), {"enabled": False}, True),
    (CombinationRule(level="same_day"), {"status": Status.DRAFT}, True),
    (CombinationRule(level="now"), {"reviewer": "Dr. X"}, False),
    (Symptom(after_rule="levels", after_levels=["same_day"] * 5), {"after_levels": []}, True),
]


@pytest.mark.parametrize(("row", "values", "waits"), LOOSER)
def test_what_is_held(row, values, waits):
    after = type(row)(**{column.attname: getattr(row, column.attname)
                         for column in row._meta.concrete_fields} | values)  # fmt: skip
    assert bool(held_fields(row, after)) is waits
