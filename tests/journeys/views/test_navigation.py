"""The bars of every page: the person's own pages and numbers, and only what is shared."""

import re

from django.urls import reverse

from journeys.models import Area
from tests.factories import (
    make_appointment,
    make_check_in,
    make_journey,
    make_question,
    make_share,
    make_user,
)


def page_of(client, address):
    return client.get(address).content.decode()


def test_a_patient_who_reads_the_guide_keeps_their_pages_and_numbers_at_hand(as_owner, journey):
    text = page_of(as_owner, "/guide/")
    assert f'href="/journeys/{journey.pk}/call/"' in text
    assert f'href="/journeys/{journey.pk}/check-ins/add/"' in text


def test_a_person_with_two_journeys_is_not_led_into_either_from_the_guide(as_user, viewer, journey):
    make_journey(owner=viewer)
    text = page_of(as_user(viewer), "/guide/")
    assert f"/journeys/{journey.pk}/" not in text
    assert 'href="/call/"' in text


def test_a_viewer_is_offered_no_page_that_would_refuse_them(as_user, journey):
    user = make_user()
    make_share(journey=journey, user=user, areas=[Area.STAGE, Area.APPOINTMENTS])
    text = page_of(as_user(user), f"/journeys/{journey.pk}/")
    assert f'href="/journeys/{journey.pk}/appointments/"' in text
    assert "/check-ins/" not in text
    assert "/questions/" not in text


def test_every_button_says_whose_journey_it_changes(as_contributor, contributor, journey):
    check_in = make_check_in(journey=journey, author=contributor, tired=1)
    make_question(journey=journey, author=contributor)
    appointment = make_appointment(journey=journey, author=contributor)
    of_one = {"check_in_detail": check_in, "check_in_edit": check_in}
    of_one |= {"appointment_detail": appointment, "appointment_edit": appointment}
    paths = [
        reverse(f"journeys:{name}", kwargs={"journey_id": journey.pk})
        for name in ("today", "check_in_add", "question_list", "question_add", "treatment_edit")
    ]
    for name, record in of_one.items():
        argument = "check_in_id" if record is check_in else "appointment_id"
        paths.append(
            reverse(f"journeys:{name}", kwargs={"journey_id": journey.pk, argument: record.pk})
        )
    for path in paths:
        main = as_contributor.get(path).content.decode().partition('id="in-place"')[2]
        buttons = re.findall(r"<button.*?</button>", main.partition("</main")[0], re.DOTALL)
        assert all("Olive’s journey" in button for button in buttons), path


def test_the_bar_shows_in_which_part_one_is(as_owner, journey):
    marked = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">')
    for path, found in {
        "appointments/": ("appointments/", "page"),
        "appointments/month/": ("appointments/", "true"),
        "questions/add/": ("questions/", "true"),
        "check-ins/": ("check-ins/add/", "true"),
    }.items():
        bar = page_of(as_owner, f"/journeys/{journey.pk}/{path}")
        bar = bar.partition('<nav class="site-nav"')[2].partition("</nav>")[0]
        [(address, how)] = marked.findall(bar)
        assert (address.removeprefix(f"/journeys/{journey.pk}/"), how) == found
