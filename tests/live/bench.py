"""Times of the site as it runs (`make bench`): nothing here passes or fails."""

import statistics
import tempfile
import uuid
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.live.conftest import Answer, Site, running

TRIES = 200
ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
PEOPLE = f"""
users = [make_user() for _number in range({TRIES})]
for user in users:
    confirm_address(user)
print(json.dumps([user.email for user in users]))
"""
RECORDS = """
mine, theirs = make_journey(), make_journey()
for number in range(600):
    make_question(journey=mine, text=f"Question {number}")
question = make_question(journey=theirs)
print(json.dumps({
    "session": session_of(mine.owner),
    "foreign": url("question_edit", journey_id=theirs.pk, question_id=question.pk),
    "pages": {name: url(name, journey_id=mine.pk) for name in PAGES},
}))
"""
PAGES = ("today", "check_in_add", "question_list", "timeline", "summary")


def milliseconds(ask: Callable[[], Answer]) -> float:
    answer = ask()
    return (answer.came - answer.asked) * 1000


def told_apart(site: Site) -> None:
    """Known and unknown addresses at the doors, each try from another network."""
    known = site.tell(PEOPLE)
    networks = count(1)

    def ask(path: str, **said: str) -> float:
        number = next(networks)
        address = f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"
        return milliseconds(lambda: site.browser(**{"X-Forwarded-For": address}).post(path, **said))

    for path, field, more in (
        ("/accounts/login/", "login", {"password": "guessed wrong"}),
        ("/accounts/password/reset/", "email", {}),
        ("/accounts/signup/", "email", {"password1": "a quiet long password"}),
    ):
        times: dict[str, list[float]] = {"known": [], "unknown": []}
        for number, email in enumerate(known):
            times["known"].append(ask(path, **{field: email}, **more))
            times["unknown"].append(ask(path, **{field: f"nobody{number}@example.org"}, **more))
        tell(path, times)


def pages(site: Site) -> None:
    said = site.tell(f"PAGES = {PAGES!r}\n{RECORDS}")
    person = site.browser(said["session"])
    absent = said["foreign"].replace(said["foreign"].split("/")[2], str(uuid.uuid4()))
    times = {
        name: [milliseconds(lambda path=path: person.get(path)) for _try in range(TRIES)]
        for name, path in {"foreign": said["foreign"], "absent": absent}.items()
    }
    tell("a record of somebody else, and none", times)
    for name, path in said["pages"].items():
        tell(name, {"": [milliseconds(lambda path=path: person.get(path)) for _try in range(50)]})


def tell(what: str, times: dict[str, list[float]]) -> None:
    print(what)
    for name, values in times.items():
        slow = statistics.quantiles(values, n=20)[-1]
        print(f"  {name:8} median {statistics.median(values):7.1f} ms   p95 {slow:7.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        more = {"HASHER": ARGON2, "TRUSTED_PROXY_COUNT": "1"}
        with running(Path(folder), **more) as site:
            pages(site)
            told_apart(site)


if __name__ == "__main__":
    main()
