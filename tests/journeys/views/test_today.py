"""Today: the page a tired person opens first."""

from tests.factories import make_check_in, make_stage


def test_today_greets_and_asks_where_you_are(as_owner, journey):
    page = as_owner.get(f"/journeys/{journey.pk}/").content.decode()
    assert "Hello Olive" in page
    assert "Where are you now?" in page


def test_today_says_why_each_item_is_here(as_owner, journey):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    make_check_in(journey=journey, mouth_sores=2)
    page = as_owner.get(f"/journeys/{journey.pk}/").content.decode()
    assert "you are in induction" in page
    assert "you logged" in page


def test_caregiver_reads_what_they_can_do_and_is_spoken_to_as_one(as_viewer, journey):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    page = as_viewer.get(f"/journeys/{journey.pk}/").content.decode()
    assert "What you can do to help" in page
    assert "because of where they are: Induction" in page
    assert "you are in induction" not in page
    assert "Olive’s journey" in page


def test_patient_is_not_given_the_tasks_of_caregivers(as_owner, journey):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    assert (
        "What you can do to help" not in as_owner.get(f"/journeys/{journey.pk}/").content.decode()
    )
