"""What somebody is reminded of: chosen on a page, ended by one press in a mail."""

import pytest

from journeys.emails import stop_token
from journeys.models import ReminderChoice
from tests.asserts import assert_kind_error
from tests.factories import make_user
from tests.journeys.views.reminder_tools import run, visit
from tests.visitors import client_of
from tests.world import url

pytestmark = pytest.mark.usefixtures("noon")


def test_everybody_chooses_for_themselves_and_sees_what_was_sent(as_owner, choice, journey):
    visit(journey, hours=24)
    run()
    page = as_owner.get(url("reminder_edit", journey_id=journey.pk)).content.decode()
    assert "An appointment" in page
    data = {"check_in": "off", "hours_before": "4", "quiet_from": "22:00", "quiet_until": "7:00"}
    assert as_owner.post(url("reminder_edit", journey_id=journey.pk), data).status_code == 302
    choice.refresh_from_db()
    assert (choice.day_before, choice.hours_before, choice.check_in) == (False, 4, "off")


def test_a_time_that_cannot_be_read_loses_nothing(as_owner, choice, journey):
    data = {"check_in": "daily", "hours_before": "0", "quiet_from": "late", "quiet_until": "08:00"}
    answer = as_owner.post(url("reminder_edit", journey_id=journey.pk), data)
    assert_kind_error(answer, "late")


def test_a_viewer_starts_with_nothing_and_looking_saves_nothing(as_viewer, journey):
    page = as_viewer.get(url("reminder_edit", journey_id=journey.pk)).content.decode()
    assert 'name="day_before" class="form-check-input" id="id_day_before" checked' not in page
    assert not ReminderChoice.objects.exists()


def test_one_press_ends_them_without_a_sign_in_and_twice_is_no_different(client, choice, journey):
    address = url("stop_mail", token=stop_token(journey.pk, journey.owner_id))
    assert b"End these mails?" in client.get(address).content
    assert not ReminderChoice.objects.get().stopped_at
    for _ in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    visit(journey, hours=24)
    assert run() == 0
    page = client_of(journey.owner).get(url("reminder_edit", journey_id=journey.pk))
    assert page.context["form"]["stopped"].value() is True


@pytest.mark.parametrize("token", ["made-up", "a:b:c"])
def test_a_made_up_link_ends_nothing(client, choice, token):
    assert client.post(url("stop_mail", token=token)).status_code == 404
    assert not ReminderChoice.objects.get().stopped_at


def test_a_journey_starts_with_the_usual_reminders(db, noon):
    user = make_user(name="New")
    client_of(user).post(url("journey_start"))
    choice = ReminderChoice.objects.get(user=user)
    assert choice.day_before and choice.check_in == "usual"
