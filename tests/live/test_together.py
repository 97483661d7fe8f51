"""A hundred at once: a link is taken up once, a form makes one row, no word is lost unseen."""

import pytest

from tests.live.conftest import at_once
from tests.test_bad_input import Fields

pytestmark = [pytest.mark.verify, pytest.mark.live, pytest.mark.xdist_group("live")]

CACHE = "from django.core.cache import cache; cache.{}; print(1)"


@pytest.fixture
def fresh_limits(site):
    site.tell(CACHE.format("clear()"))
    site.checked_passwords()


PEOPLE = """
from journeys.models.shares import hash_token
journey = make_journey(name="Olive")
guests = [make_user() for _number in range(20)]
make_share(journey=journey, user=None, accepted_at=None, invited_at=timezone.now(),
           invited_email="somebody@example.org", token_hash=hash_token(f"secret-{journey.pk}"))
print(json.dumps({
    "journey": str(journey.pk),
    "guests": [session_of(guest) for guest in guests],
    "link": url("invitation", token=f"secret-{journey.pk}"),
}))
"""
TAKEN = """
shares = Share.objects.filter(journey="{journey}").exclude(user=None)
print(json.dumps([shares.count(), AccessEvent.objects.filter(journey="{journey}").count()]))
"""


def test_a_hundred_who_follow_one_link_at_once_make_one_share(site):
    said = site.tell(PEOPLE)
    guests = [site.browser(session) for session in said["guests"]]
    answers = at_once(*[lambda guest=guest: guest.post(said["link"]) for guest in guests * 5])
    assert {answer.status for answer in answers} <= {302, 404}
    shares, lines = site.tell(TAKEN.format(**said))
    assert (shares, lines) == (1, 1)


FORMS = {
    "question_add": "questions",
    "note_add": "notes",
    "appointment_add": "appointments",
    "check_in_add": "check_ins",
    "medicine_add": "medicines",
    "lab_add": "lab_reports",
    "care_member_add": "care_team_members",
    "stage_add": "stage_entries",
    "calendar_feed": "calendar_feeds",
}
NEW = """
journey = make_journey(name="Olive")
print(json.dumps({"journey": str(journey.pk), "owner": session_of(journey.owner)}))
"""


TIMES = {"question_add": 200, "check_in_add": 200}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_sent_many_times_at_once_makes_one_row(site, name):
    said = site.tell(NEW)
    path = site.tell(f'print(json.dumps(url("{name}", journey_id="{said["journey"]}")))')
    owner = site.browser(said["owner"])
    sent = Fields(owner.get(path).body, path).as_sent()
    answers = at_once(*[lambda: owner.post(path, **sent)] * TIMES.get(name, 40))
    assert {answer.status for answer in answers} <= {201, 302}
    count = f'Journey.objects.get(pk="{said["journey"]}").{FORMS[name]}.count()'
    assert site.tell(f"print(json.dumps({count}))") == 1


QUESTION = """
journey = make_journey(name="Olive")
question = make_question(journey=journey, text="As it was")
print(json.dumps({
    "question": str(question.pk),
    "owner": session_of(journey.owner),
    "edit": url("question_edit", journey_id=journey.pk, question_id=question.pk),
}))
"""


def test_of_fifty_edits_at_once_one_is_saved_and_the_others_see_both_texts(site):
    said = site.tell(QUESTION)
    owner = site.browser(said["owner"])
    words = [f"Wording number {number}" for number in range(50)]
    edits = [lambda text=text: owner.post(said["edit"], text=text, version=1) for text in words]
    answers = at_once(*edits)
    saved = [text for text, answer in zip(words, answers, strict=True) if answer.status == 302]
    refused = [
        (text, answer.body)
        for text, answer in zip(words, answers, strict=True)
        if answer.status == 409
    ]
    assert (len(saved), len(refused)) == (1, 49)
    assert all(text in body and saved[0] in body for text, body in refused)
    kept = f'Question.objects.get(pk="{said["question"]}").text'
    assert site.tell(f"print(json.dumps({kept}))") == saved[0]


GUESSED = """
users = [make_user() for _number in range({people})]
for user in users:
    confirm_address(user)
print(json.dumps([user.email for user in users]))
"""
PER_ACCOUNT, PER_ADDRESS = 5, 10


def guesses(site, emails, headers=lambda place: {}):
    """Send one wrong password to each of these addresses, all at once; count what was checked."""
    said = [{"login": email, "password": "guessed wrong"} for email in emails]
    strangers = [site.browser(**headers(place)) for place in range(len(said))]
    at_once(
        *[
            lambda who=who, row=row: who.post("/accounts/login/", **row)
            for who, row in zip(strangers, said, strict=True)
        ]
    )
    return site.checked_passwords()


def test_of_two_hundred_guesses_at_one_account_five_are_looked_at(site, fresh_limits):
    (email,) = site.tell(GUESSED.format(people=1))
    assert guesses(site, [email] * 200) == PER_ACCOUNT


def test_a_flood_of_other_keys_makes_nobody_forget_them(site, fresh_limits):
    (email,) = site.tell(GUESSED.format(people=1))
    assert guesses(site, [email] * 20) == PER_ACCOUNT
    site.tell(CACHE.format('set_many({f"junk{n}": n for n in range(10_000)})'))
    assert guesses(site, [email] * 20) == 0


def test_of_two_hundred_guesses_at_two_hundred_accounts_ten_are_looked_at(site, fresh_limits):
    assert guesses(site, site.tell(GUESSED.format(people=200))) == PER_ADDRESS


def test_an_address_that_is_made_up_by_the_guesser_changes_nothing(site, fresh_limits):
    def forged(place):
        return {"X-Forwarded-For": f"198.51.100.{place}", "Forwarded": f"for=198.51.100.{place}"}

    emails = site.tell(GUESSED.format(people=100))
    assert guesses(site, emails, forged) == PER_ADDRESS
