"""The sign-off of the call levels: printed, signed on paper, recorded, and voided by a change."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import reverse

from content.call_sheet import number, sheet
from content.catalogue import rules
from content.models import Centre, SignOff, Symptom, SymptomSign
from content.red_path import is_signed
from tests.clock import TODAY
from tests.content.admin_tools import client_of, form_of, make_editor, save, sign_off

pytestmark = pytest.mark.django_db

PAGE, SHEET = "/admin/sign-off/", "/admin/sign-off/sheet/"


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def reword(slug="headache", text="A new sign"):
    sign = SymptomSign.objects.filter(symptom__slug=slug).first()
    old, sign.text = sign.text, text
    sign.save()
    return old


# --- The sheet ----------------------------------------------------------------------------------


def test_the_sheet_holds_the_rules_the_numbers_and_a_place_to_sign(as_editor):
    Centre(name="Ward 4", cancer_line="+00 123").save()
    page = text_of(as_editor, SHEET)
    assert number(sheet(rules(), Centre.load())) in page
    assert rules().version in page
    for words in ("Ward 4", "+00 123", "Red list", "Windows of risk", "Signature"):
        assert words in page
    for symptom in Symptom.objects.published():
        assert symptom.name.replace("'", "&#x27;") in page
    assert "everything is new" in page


def test_the_sheet_says_what_changed_since_the_last_signature(as_editor):
    sign_off(as_editor)
    assert "Nothing has changed since Dr. X, hematologist signed" in text_of(as_editor, SHEET)
    old = reword()
    page = text_of(as_editor, SHEET)
    assert f"<del>{old} → " in page
    assert "<ins>A new sign → " in page
    assert page.count("<del>") == page.count("<ins>") == 1
    assert "<ins>A new sign → " in text_of(as_editor, PAGE)


def test_a_sheet_that_was_signed_can_be_read_as_it_was(as_editor):
    sign_off(as_editor)
    old = reword()
    sign_off(as_editor, signed_by="Dr. Y")
    newer, older = SignOff.objects.all()
    page = text_of(as_editor, reverse("admin:sign_off_signed", args=[older.pk]))
    assert old in page
    assert "A new sign" not in page
    assert "Signed by Dr. X, hematologist on 20 January 2026" in page
    page = text_of(as_editor, reverse("admin:sign_off_signed", args=[newer.pk]))
    assert "<ins>A new sign" in page


def test_what_waits_for_a_second_editor_is_told_and_is_not_part_of_the_sheet(as_editor):
    before = number(sheet(rules(), Centre.load()))
    save(as_editor, Symptom.objects.get(slug="tired"), after_rule="step_down")
    row = Symptom.objects.filter(after_rule="same").first()
    save(as_editor, row, after_rule="step_down")
    for address in (PAGE, SHEET):
        page = text_of(as_editor, address)
        assert "wait for a second editor" in page
        assert before in page


# --- Recording ----------------------------------------------------------------------------------


def test_a_recorded_sign_off_takes_the_banner_away_until_a_rule_changes(as_editor, client):
    assert "not yet signed off" in text_of(client, "/call/")
    page = sign_off(as_editor).content.decode()
    assert "The sign-off is recorded" in page
    assert is_signed(Centre.load(), rules())
    page = text_of(client, "/call/")
    assert "Signed off by Dr. X, hematologist" in page
    assert "not yet signed off" not in page
    reword()
    assert "not yet signed off" in text_of(client, "/call/")
    assert "not signed as they are now" in text_of(as_editor, "/admin/")


def test_a_sign_off_keeps_who_what_and_the_sheet(as_editor):
    sign_off(as_editor)
    kept = SignOff.objects.get()
    assert (kept.signed_by, kept.role) == ("Dr. X", "hematologist")
    assert kept.version == rules().version
    assert kept.recorded_by == "Edi Editor (edi@example.org)"
    assert [list(line) for line in sheet(rules(), Centre())] == kept.sheet
    assert "recorded by Edi Editor" in text_of(as_editor, PAGE)


def test_the_number_may_be_typed_as_it_is_read(as_editor):
    given = number(sheet(rules(), Centre.load())).upper()
    sign_off(as_editor, sheet_number=f" {given} ")
    assert SignOff.objects.count() == 1


REFUSED = {
    "a sheet of other rules": {"sheet_number": "0000-0000"},
    "no sheet": {"sheet_number": ""},
    "nobody": {"signed_by": " "},
    "no role": {"role": ""},
    "no day": {"signed_on": ""},
    "no such day": {"signed_on": "2026-02-30"},
    "a day to come": {"signed_on": (TODAY + timedelta(days=2)).isoformat()},
    "no paper": {"in_hand": ""},
    "too long a name": {"signed_by": "x" * 121},
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_sign_off_is_refused_with_what_was_typed(as_editor, what):
    answer = sign_off(as_editor, **REFUSED[what])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing is saved yet" in page
    if "role" not in REFUSED[what]:
        assert 'value="hematologist"' in page
    assert not SignOff.objects.exists()
    assert not is_signed(Centre.load(), rules())


def test_rules_that_changed_after_the_sheet_was_printed_are_not_signed_with_it(as_editor):
    printed = number(sheet(rules(), Centre.load()))
    reword()
    answer = sign_off(as_editor, sheet_number=printed)
    assert answer.status_code == 422
    assert "They may have changed since the sheet was printed" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_another_number_to_call_needs_another_sheet(as_editor):
    printed = number(sheet(rules(), Centre.load()))
    Centre(cancer_line="+00 9").save()
    assert sign_off(as_editor, sheet_number=printed).status_code == 422


def test_damaged_rules_cannot_be_signed(as_editor):
    Symptom.objects.get(slug="headache").anchors.first().delete()
    answer = sign_off(as_editor)
    assert answer.status_code == 422
    assert "They cannot be signed" in answer.content.decode()


def test_a_withdrawn_sign_off_stays_in_the_list(as_editor):
    sign_off(as_editor)
    as_editor.post("/admin/sign-off/withdraw/")
    assert not is_signed(Centre.load(), rules())
    assert SignOff.objects.count() == 1
    assert "Dr. X, hematologist" in text_of(as_editor, PAGE)
    assert Centre.load().history.first().history_change_reason == "The sign-off was withdrawn"


# --- For good -----------------------------------------------------------------------------------


def test_a_sign_off_is_never_changed_and_never_deleted(as_editor):
    sign_off(as_editor)
    kept = SignOff.objects.get()
    for attempt in (
        kept.save,
        kept.delete,
        SignOff.objects.all().delete,
        lambda: SignOff.objects.update(signed_by="Dr. Z"),
        lambda: SignOff.objects.bulk_update([kept], ["signed_by"]),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            attempt()
    assert SignOff.objects.get().signed_by == "Dr. X"


def test_the_form_of_the_centre_does_not_sign(as_editor):
    Centre(name="Ward").save()
    save(
        as_editor,
        Centre.load(),
        name="Ward 5",
        call_levels_signed_by="Dr. X",
        call_levels_signed_on="2026-11-20",
        call_levels_signed_version=rules().version,
    )
    assert Centre.load().name == "Ward 5"
    assert Centre.load().call_levels_signed_by == ""


def test_a_state_from_the_history_of_the_centre_brings_no_sign_off_back(as_editor):
    sign_off(as_editor)
    signed = Centre.load().history.first()
    as_editor.post("/admin/sign-off/withdraw/")
    address = reverse("admin:content_centre_simple_history", args=[1, signed.pk])
    as_editor.post(address, form_of(as_editor, address))
    assert not is_signed(Centre.load(), rules())


# --- Who may ------------------------------------------------------------------------------------


def test_only_staff_with_the_right_may_look_and_only_some_may_record(client, as_owner):
    reader = make_editor(name="Rita Reader")
    reader.groups.clear()
    as_reader = client_of(reader)
    addresses = (PAGE, SHEET)
    for address in addresses:
        assert client.get(address).status_code == as_owner.get(address).status_code == 302
        assert as_reader.get(address).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_signoff"))
    as_reader = client_of(type(reader).objects.get(pk=reader.pk))
    for address in addresses:
        assert as_reader.get(address).status_code == 200
    assert "Record the sign-off</h2>" not in text_of(as_reader, PAGE)
    assert sign_off(as_reader).status_code == 403
    assert as_reader.post("/admin/sign-off/withdraw/").status_code == 403
    assert not SignOff.objects.exists()


def test_looking_signs_nothing(as_editor):
    for address in ("/admin/sign-off/record/", "/admin/sign-off/withdraw/"):
        assert as_editor.get(address).status_code == 405
    assert as_editor.get("/admin/sign-off/99/").status_code == 404
