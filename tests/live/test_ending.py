"""What is ended or made smaller holds from the very next request on, at every worker."""

from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = [pytest.mark.verify, pytest.mark.live, pytest.mark.xdist_group("live")]

READERS, AFTER = 8, 100
SHARED = """
journey = make_journey(name="Olive")
viewer, token = make_user(), "secret-of-a-feed-%s" % journey.pk
share = make_share(journey=journey, user=viewer, role="viewer")
make_question(journey=journey, text="CANARY-of-a-question")
make_appointment(journey=journey, place="CANARY-of-a-visit")
make_calendar_feed(journey=journey, user=viewer, token=token, detailed=True, share=share)
at = {"journey_id": journey.pk}
print(json.dumps({
    "owner": session_of(journey.owner),
    "viewer": session_of(viewer),
    "questions": url("question_list", **at),
    "visits": url("appointment_list", **at),
    "feed": url("calendar_feed_file", token=token),
    "end": url("share_revoke", share_id=share.pk, **at),
    "end-all": url("share_revoke_all", **at),
    "not-me": url("access_log_not_me", **at),
    "narrow": url("share_narrow", share_id=share.pk, **at),
}))
"""


def race(read, end, can_see):
    """Read all the time, end it in between; return (seen before, answers asked for after it)."""
    ended_at = []

    def keep_reading():
        seen, late = 0, []
        while len(late) < AFTER // READERS + 1:
            answer = read()
            if ended_at and answer.asked > ended_at[0]:
                late.append(answer)
            else:
                seen += can_see(answer)
        return seen, late

    with ThreadPoolExecutor(READERS + 1) as pool:
        readers = [pool.submit(keep_reading) for _reader in range(READERS)]
        while not any(can_see(read()) for _try in range(20)):
            pass
        answer = end()
        ended_at.append(answer.came)
        results = [reader.result() for reader in readers]
    assert answer.status == 302
    return sum(seen for seen, _late in results), [late for _seen, rows in results for late in rows]


@pytest.mark.parametrize(
    ("what", "by"),
    [
        *(("questions", "end"), ("visits", "end-all"), ("questions", "narrow")),
        *(("questions", "not-me"), ("feed", "end"), ("feed", "not-me")),
    ],
)
def test_nothing_that_is_asked_for_after_the_end_shows_anything(site, what, by):
    said = site.tell(SHARED)
    reader = site.browser("" if what == "feed" else said["viewer"])
    owner = site.browser(said["owner"])
    seen, late = race(
        lambda: reader.get(said[what]),
        lambda: owner.post(said[by]),
        lambda answer: "CANARY" in answer.body,
    )
    assert seen and len(late) >= AFTER
    assert not [answer.status for answer in late if "CANARY" in answer.body]
    assert {answer.status for answer in late} == {404}
