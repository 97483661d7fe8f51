"""The check-in that a device keeps: the red list first, nothing of the person but their numbers."""

from content.call_levels import red_list
from content.catalogue import rules
from tests.factories import make_check_in, make_share, make_stage, make_user
from tests.journeys.views.check_in_tools import LINE, answers, temperature
from tests.visitors import client_of
from tests.world import url


def page_of(client, journey):
    return client.get(url("check_in_offline", journey_id=journey.pk)).content.decode()


def test_the_red_list_and_ones_own_number_stand_before_the_form(as_owner, journey):
    journey.cancer_line = LINE
    journey.save()
    page = page_of(as_owner, journey)
    before, form = page.split('id="check-in-form"')
    assert red_list(rules())[0].text in before and LINE in before
    assert 'name="fever-temperature"' in form


def test_it_is_the_same_whatever_the_person_has_told(as_owner, journey):
    def form():
        page = page_of(as_owner, journey).partition('id="check-in-form"')[2]
        return [
            line for line in page.splitlines() if "csrf" not in line and "client_id" not in line
        ]

    before = form()
    make_stage(journey=journey, classification="relapsed", phase="reinduction")
    make_check_in(journey=journey, temperature="37.8", jaw_pain=3, note="A note.")
    assert form() == before


def test_a_time_with_its_zone_is_kept_as_it_is(as_owner, journey):
    given = answers() | temperature("37.0") | {"occurred_at": "2026-11-20T02:30:00.000Z"}
    assert as_owner.post(url("check_in_add", journey_id=journey.pk), given).status_code == 302
    assert journey.check_ins.get().occurred_at.isoformat() == "2026-11-20T02:30:00+00:00"


def test_only_devices_of_those_who_may_record_are_told_of_it(as_owner, journey):
    address = f'data-keep-check-in="{url("check_in_offline", journey_id=journey.pk)}"'
    viewer = make_user(name="Vera Viewer")
    make_share(journey=journey, user=viewer, role="viewer")
    for client, told in ((as_owner, True), (client_of(viewer), False)):
        assert (address in on_own_device(client, journey)) is told


def on_own_device(client, journey):
    session = client.session
    session["device"] = "own"
    session.save()
    return client.get(url("today", journey_id=journey.pk)).content.decode()
