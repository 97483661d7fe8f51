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
