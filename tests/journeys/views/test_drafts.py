"""A page that was lost: what was typed is still there, for the one who typed it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_journey, make_share, make_user
from tests.journeys.views.check_in_tools import answers, note, page_after, temperature
from tests.world import url


def keep(client, journey, given):
    return client.post(url("check_in_draft", journey_id=journey.pk), given)


def opened(client, journey, query=""):
    return client.get(url("check_in_add", journey_id=journey.pk) + query)


def test_what_was_typed_is_there_again(as_owner, journey):
    given = answers(jaw_pain="2") | temperature("37.2") | {"note": "Could not sleep"}
    assert keep(as_owner, journey, given).status_code == 204
    response = opened(as_owner, journey)
    form, page = response.context["form"], response.content.decode()
    assert "everything you typed is still here" in page
    assert form["note"].value() == "Could not sleep"
    assert form["jaw-pain"].value() == "2"
    assert form["fever-temperature"].value() == "37.2"
    assert "field-error" not in page
    assert not journey.check_ins.exists()


def test_a_draft_and_the_form_it_came_from_make_one_check_in(as_owner, journey):
    given = answers(tired="2")
    keep(as_owner, journey, given)
    page_after(as_owner, note(as_owner, journey, given))
    page_after(as_owner, note(as_owner, journey, given))
    assert journey.check_ins.count() == 1


def test_saving_forgets_the_draft(as_owner, journey):
    given = answers(tired="2")
    keep(as_owner, journey, given)
    page_after(as_owner, note(as_owner, journey, given))
    assert opened(as_owner, journey).context.get("draft") is None


def test_half_a_number_is_kept_too(as_owner, journey):
    keep(as_owner, journey, answers() | temperature("38."))
    assert opened(as_owner, journey).context["form"]["fever-temperature"].value() == "38."


def test_an_empty_page_can_be_had(as_owner, journey):
    keep(as_owner, journey, answers(tired="2"))
    assert opened(as_owner, journey, "?empty=1").context["form"].is_bound is False


def test_nobody_else_sees_it(as_owner, as_contributor, as_user, journey):
    keep(as_owner, journey, answers() | {"note": "Only mine"})
    assert "Only mine" not in opened(as_contributor, journey).content.decode()
    # Nor the same person on another device.
    assert "Only mine" not in opened(as_user(journey.owner), journey).content.decode()


def test_it_stays_with_its_journey(as_user, journey):
    other_owner = make_user()
    client = as_user(other_owner)
    other = make_journey(owner=other_owner, name="Sam")
    make_share(journey=journey, user=other_owner, role="contributor")
    keep(client, journey, answers() | {"note": "About Olive"})
    assert "About Olive" not in opened(client, other).content.decode()
    assert "About Olive" in opened(client, journey).content.decode()


def test_it_is_gone_after_a_day_and_after_signing_out(as_owner, journey):
    keep(as_owner, journey, answers() | {"note": "Long ago"})
    session = as_owner.session
    session["drafts"][str(journey.pk)][0] = (timezone.now() - timedelta(hours=25)).isoformat()
    session.save()
    assert opened(as_owner, journey).context.get("draft") is None
    keep(as_owner, journey, answers() | {"note": "Fresh"})
    as_owner.logout()
    as_owner.force_login(journey.owner)
    assert opened(as_owner, journey).context.get("draft") is None


def test_viewer_and_stranger_keep_none(as_viewer, as_stranger, journey):
    assert keep(as_viewer, journey, answers(tired="2")).status_code == 403
    assert keep(as_stranger, journey, answers(tired="2")).status_code == 404


def test_what_is_no_draft_of_ours_is_passed_over(as_owner, journey):
    assert keep(as_owner, journey, {"note": "x" * 30_000}).status_code == 204
    assert opened(as_owner, journey).context.get("draft") is None


def test_what_comes_in_after_it_was_saved_is_no_draft(as_owner, journey):
    given = answers(tired="2")
    note(as_owner, journey, given)
    keep(as_owner, journey, given)
    assert opened(as_owner, journey).context.get("draft") is None


def test_a_saved_page_that_says_something_else_is_another_check_in(as_owner, journey):
    given = answers() | temperature("36.9")
    note(as_owner, journey, given)
    page = page_after(as_owner, note(as_owner, journey, given | temperature("39.4")))
    assert 'data-level="now"' in page
    assert journey.check_ins.count() == 2
