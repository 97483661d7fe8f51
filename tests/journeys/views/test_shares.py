"""Sharing: from the mail to the last page that a caregiver may see."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from journeys.actions.shares import NotSentError, accept
from journeys.models import Area, Journey, Share
from tests.factories import make_check_in, make_journey, make_share, make_user
from tests.visitors import client_of


def at(name, journey, **more):
    return reverse(f"journeys:{name}", kwargs={"journey_id": journey.pk, **more})


def invitation_of(**more):
    return {
        "email": "Conny@Example.org",
        "role": "viewer",
        "areas": [Area.STAGE, Area.SYMPTOMS],
        "ends_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    } | more


@pytest.fixture
def invite(as_owner, journey, django_capture_on_commit_callbacks):
    """Send an invitation and return the path of the link in its mail."""

    def send(**more):
        with django_capture_on_commit_callbacks(execute=True):
            response = as_owner.post(at("share_add", journey), invitation_of(**more))
        assert response.status_code == 302
        return re.search(r"https://testserver(/invitations/\S+)", mail.outbox[-1].body)[1]

    return send


def test_invitation_goes_out_by_mail_and_says_nothing_of_health(invite, owner):
    path = invite()
    message = mail.outbox[-1]
    assert message.to == ["conny@example.org"]
    text = (message.subject + message.body).lower()
    assert owner.name.lower() in text
    for word in ("leukemia", "leukaemia", "cancer", "patient", "journey", "all)"):
        assert word not in text
    assert Share.objects.get().token_hash not in path


def test_invitee_with_the_invited_address_sees_the_journey_at_once(invite, journey):
    path = invite()
    conny = client_of(make_user(email="conny@example.org"))
    page = conny.get(path).content.decode()
    assert "would like to share" in page
    assert conny.get(at("today", journey)).status_code == 404
    assert conny.post(path).headers["Location"] == at("today", journey)
    assert conny.get(at("today", journey)).status_code == 200
    assert conny.get(at("question_list", journey)).status_code == 404


def test_link_shows_nothing_before_signing_in(invite, client, journey):
    page = client.get(invite()).content.decode()
    assert "Make an account" in page
    assert "Olive" not in page
    assert client.get(invite()).headers["Cache-Control"] == "no-store, private"


def test_another_address_waits_for_the_owners_word(invite, as_owner, journey):
    path = invite()
    other = make_user(email="someone-else@example.org")
    client = client_of(other)
    client.post(path)
    assert client.get(at("today", journey)).status_code == 404
    assert "someone-else@example.org" in as_owner.get(at("share_list", journey)).content.decode()
    share = Share.objects.get(user=other)
    as_owner.post(at("share_agree", journey, share_id=share.pk))
    assert client.get(at("today", journey)).status_code == 200


def test_links_that_are_used_ended_expired_or_made_up_look_alike(invite, as_owner, journey):
    reader = client_of(make_user(email="conny@example.org"))
    used, ended, expired = invite(), invite(email="b@example.org"), invite(email="c@example.org")
    reader.post(used)
    share = Share.objects.get(invited_email="b@example.org")
    as_owner.post(at("share_revoke", journey, share_id=share.pk))
    Share.objects.filter(invited_email="c@example.org").update(
        invited_at=timezone.now() - timedelta(days=7, minutes=1)
    )
    paths = (used, ended, expired, "/invitations/made-up/")
    answers = [reader.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({clean(answer, path) for answer, path in zip(answers, paths, strict=True)}) == 1
    assert {reader.post(path).status_code for path in paths} == {404}


def clean(answer, path):
    text = answer.content.decode().replace(path, "")
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken": )["=]+[^"]+"', "", text)


def test_made_up_link_opens_nothing_while_an_invitation_is_open(invite, client):
    invite()
    assert client.get("/invitations/made-up/").status_code == 404


def test_link_works_once(invite, journey):
    path = invite()
    first, second = (client_of(make_user(email=name)) for name in ("conny@example.org", "d@x.org"))
    first.post(path)
    assert second.post(path).status_code == 404
    assert journey.shares.open(timezone.now()).count() == 1


def test_looking_at_a_link_changes_nothing(invite, journey):
    path = invite()
    client_of(make_user(email="conny@example.org")).get(path)
    assert Share.objects.get().user is None


def test_owner_and_staff_cannot_take_an_invitation_up(invite, as_owner, editor):
    path = invite()
    assert as_owner.post(path).status_code == 302
    assert client_of(editor).post(path).status_code == 302
    assert Share.objects.get().user is None


def test_second_invitation_to_an_address_replaces_the_first(invite, client):
    first, second = invite(), invite()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_ended_share_is_gone_with_the_next_request(as_owner, as_viewer, journey, viewer):
    assert as_viewer.get(at("today", journey)).status_code == 200
    share = journey.shares.get(user=viewer)
    as_owner.post(at("share_revoke", journey, share_id=share.pk))
    assert as_viewer.get(at("today", journey)).status_code == 404
    assert as_viewer.get(at("check_in_list", journey)).status_code == 404


def test_stopping_all_sharing_ends_shares_and_invitations(as_owner, as_viewer, invite, journey):
    path = invite()
    as_owner.post(at("share_revoke_all", journey))
    assert as_viewer.get(at("today", journey)).status_code == 404
    assert client_of(make_user(email="conny@example.org")).post(path).status_code == 404
    assert not journey.shares.open(timezone.now()).exists()


def test_stopping_is_two_steps_from_every_page(as_owner, journey):
    page = as_owner.get(at("appointment_list", journey)).content.decode()
    assert at("share_list", journey) in page


def test_form_that_was_open_when_the_share_ended_saves_nothing(
    as_owner, as_contributor, contributor, journey
):
    as_contributor.get(at("question_add", journey))
    as_owner.post(at("share_revoke_all", journey))
    response = as_contributor.post(at("question_add", journey), {"text": "May I?"})
    assert response.status_code == 404
    assert not journey.questions.exists()


def test_change_of_areas_holds_from_the_next_request(as_owner, as_viewer, viewer, journey):
    share = journey.shares.get(user=viewer)
    as_owner.post(
        at("share_edit", journey, share_id=share.pk),
        {
            "role": "viewer",
            "areas": [Area.APPOINTMENTS],
            "ends_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
        },
    )
    assert as_viewer.get(at("check_in_list", journey)).status_code == 404
    assert as_viewer.get(at("appointment_list", journey)).status_code == 200


@pytest.mark.parametrize("days", [-1, 400])
def test_last_day_of_a_share_is_checked_kindly(as_owner, journey, days):
    day = timezone.localdate() + timedelta(days=days)
    response = as_owner.post(at("share_add", journey), invitation_of(ends_on=day.isoformat()))
    assert response.status_code == 422
    assert "Conny@Example.org" in response.content.decode()
    assert not mail.outbox


def test_mood_questions_and_notes_are_not_ticked_beforehand(as_owner, journey):
    page = as_owner.get(at("share_add", journey)).content.decode()
    ticked = re.findall(r'value="(\w+)"[^>]*checked', page)
    assert "symptoms" in ticked
    assert not {"mood", "questions", "notes"} & set(ticked)


def test_caregiver_leaves_and_what_they_wrote_stays(as_contributor, contributor, journey):
    check_in = make_check_in(journey=journey, author=contributor, tired=1)
    as_contributor.post(at("share_leave", journey))
    assert as_contributor.get(at("today", journey)).status_code == 404
    check_in.refresh_from_db()
    assert check_in.author == contributor


def test_owner_cannot_leave(as_owner, journey):
    assert as_owner.get(at("share_leave", journey)).status_code == 404


def test_only_the_owner_sees_who_can_see(as_owner, as_contributor, journey):
    assert as_owner.get(at("share_list", journey)).status_code == 200
    assert as_contributor.get(at("share_list", journey)).status_code == 403
    assert as_contributor.get(at("access_log", journey)).status_code == 403


def test_caregiver_keeps_a_journey_and_hands_it_over(db, django_capture_on_commit_callbacks):
    keeper = make_user(name="Kim")
    kim = client_of(keeper)
    kim.post(reverse("journeys:journey_keep"), {"name": "Robin"})
    journey = Journey.objects.get(owner=keeper)
    assert "Robin’s journey" in kim.get(at("today", journey)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        kim.post(at("hand_over", journey), {"email": "robin@example.org"})
    path = re.search(r"https://testserver(/invitations/\S+)", mail.outbox[-1].body)[1]
    robin = client_of(make_user(email="robin@example.org"))
    robin.post(path)
    journey.refresh_from_db()
    assert journey.owner.email == "robin@example.org"
    assert not journey.kept_for_another
    assert robin.get(at("share_list", journey)).status_code == 200
    assert kim.get(at("share_list", journey)).status_code == 403
    assert kim.get(at("today", journey)).status_code == 200


def test_only_a_kept_journey_can_be_handed_over(as_owner, journey):
    assert as_owner.get(at("hand_over", journey)).status_code == 404


def test_owner_reads_in_plain_words_who_looked(as_owner, as_viewer, viewer, journey):
    for _again in range(3):
        as_viewer.get(at("appointment_list", journey))
    page = as_owner.get(at("access_log", journey)).content.decode()
    assert page.count('<th scope="row">Vera Viewer</th><td>looked at: Appointments</td>') == 1


def test_caregiver_of_two_sees_both_and_whose_is_whose(viewer, as_viewer, journey):
    other = make_journey(name="Paul")
    make_share(journey=other, user=viewer)
    assert as_viewer.get("/home/").headers["Location"] == "/journeys/"
    page = as_viewer.get("/journeys/").content.decode()
    assert "Olive" in page
    assert "Paul" in page


def test_nothing_is_shared_when_the_mail_cannot_go(
    as_owner, journey, django_capture_on_commit_callbacks, monkeypatch
):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("journeys.emails.send_invitation", fail)
    with django_capture_on_commit_callbacks() as callbacks:
        as_owner.post(at("share_add", journey), invitation_of())
    with pytest.raises(NotSentError):
        callbacks[0]()
    assert not journey.shares.open(timezone.now()).exists()


def kept_addresses():
    """Return whose addresses are still written down a day's run later."""
    cache.clear()
    call_command("run_due", verbosity=0)
    return set(Share.objects.exclude(invited_email="").values_list("invited_email", flat=True))


def test_who_never_came_is_forgotten_once_the_link_is_of_no_use(invite, as_owner, journey):
    for name in ("late", "ended", "open", "came", "waiting"):
        invite(email=f"{name}@example.org")
    shares = {share.invited_email.partition("@")[0]: share for share in Share.objects.all()}
    week = timezone.now() - timedelta(days=7)
    Share.objects.filter(pk=shares["late"].pk).update(invited_at=week)
    as_owner.post(at("share_revoke", journey, share_id=shares["ended"].pk))
    accept(share=shares["came"], by=make_user(email="came@example.org"))
    accept(share=shares["waiting"], by=make_user(email="other@example.org"))
    assert kept_addresses() == {"open@example.org", "waiting@example.org"}
    page = as_owner.get(at("share_list", journey)).content.decode()
    assert "You invited waiting@example.org." in page
    assert "late@example.org" not in page
    assert journey.shares.count() == 5


def test_another_patient_is_not_told_of_a_journey(as_stranger, journey):
    page = as_stranger.get("/journeys/").content.decode()
    assert "Sam" in page or "My own journey" in page
    assert "Olive" not in page
    assert str(journey.pk) not in page
