"""Thousands of broken requests to every address by everybody: no error page, no hang, no growth.

FUZZ_REQUESTS=50000 in the environment sends more. The same numbers make the same requests.
"""

import json
import os
import random
import socket
import string
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from tests.live.conftest import TOKEN
from tests.test_bad_input import Fields
from tests.test_policies import patterns

pytestmark = [pytest.mark.verify, pytest.mark.live, pytest.mark.xdist_group("live")]

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "5000"))
# After so many there are new people: the last ones may have signed out or ended it all.
ROUND = 1000
WORLD = """
from tests.content.admin_tools import make_editor
from tests.test_bad_input import WITH_A_FORM
from tests.world import PEOPLE, olives_world
records = olives_world()
ids = {name: str(row.pk) for name, row in records.present.items()}
people = [make(records.journey) for make in PEOPLE.values()] + [make_editor()]
print(json.dumps({
    "ids": ids | {"journey_id": str(records.journey.pk)},
    "tokens": list(records.tokens.values()),
    "owner": session_of(records.journey.owner),
    "forms": [records.url(name) for name in WITH_A_FORM],
    "sessions": ["", *(session_of(one) for one in people if one and one.is_active)],
}))
"""
METHODS = ["GET"] * 6 + ["POST"] * 8 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
TIMES = ["0000-00-00", "0001-01-01", "9999-12-31T23:59", "10000-01-01", "2026-02-30T25:61"]
JUNK = [
    *("", " ", "\0", "a\0b", "\ud800", "\ufeff", "\u202e", "'", '"><script>', "' OR 1=1 --"),
    *("x" * 9000, "9" * 40, str(2**63), str(-(2**63) - 1), "9" * 5000, "-1", "1e999", "NaN"),
    *("0x41", "٣", "½", "1,5", "null", "[]", "{}", "../../etc/passwd", "%00", "%s%n", "{{7*7}}"),
    *("on", "1", "0", "true", "yes", "no", "now", "https://evil.example", "//evil.example"),
    *TIMES,
]
FIELDS = [
    *("text", "note", "name", "email", "login", "password", "day", "time", "kind", "version"),
    *("client_id", "temperature", "weight", "unit", "areas", "role", "ends_at", "code", "next"),
    *("page", "q", "as", "order", "sort", "before", "after", "from", "to", "same", "symptom-1"),
    *("classification", "phase", "started_on", "device", "path", "fields", "time_zone", "dose"),
    *("action", "_selected_action", "object_id", "form-TOTAL_FORMS", "form-INITIAL_FORMS", "key"),
    *("entries-0-id", "neutrophils", "value-1", "suggested", "visit", "answer", "month", "year"),
]
TYPES = [
    *("application/x-www-form-urlencoded",) * 6,
    *("multipart/form-data; boundary=b", "multipart/form-data", "application/json", "text/plain"),
    *("application/x-www-form-urlencoded; charset=utf-7", "x/y; charset=no-such", "\xff"),
]
HEADERS = [
    ("HX-Request", "true"), ("HX-Target", "<b>"), ("HX-Current-URL", "javascript:alert(1)"),
    ("Accept-Language", "xx-" + "y" * 300), ("Accept-Encoding", "gzip;q=NaN"),
    ("If-Modified-Since", "yesterday"), ("X-Forwarded-For", "::1%eth0, " + "1" * 400),
    ("X-Long", "l" * 8000), ("Referer", "http://[broken"), ("Origin", "null"),
    ("Cookie", "__Host-session=\xff; a=b;;=;"), ("Host", "evil.example"),
    ("User-Agent", ""), ("Range", "bytes=9-1"), ("Content-Encoding", "gzip"),
    ("X-Forwarded-Proto", "https"), ("Accept", "application/json"),
]  # fmt: skip


class Maker:
    """Makes requests of one round, from a number."""

    def __init__(self, number: int, world: dict, forms: dict[str, dict]) -> None:
        self.random = random.Random(number)
        self.world, self.forms = world, forms
        self.addresses = sorted(patterns(get_resolver()).items())
        self.of_records = [row for row in self.addresses if row[0].startswith("journeys:")]

    def make(self) -> bytes:
        choice, chance = self.random.choice, self.random.random
        owner = self.world["owner"]
        session = owner if chance() < 0.4 else choice(self.world["sessions"])
        if chance() < 0.3:
            method, session, kind = "POST", owner, TYPES[0]
            path, body = self.spoilt_form()
        else:
            method, path = choice(METHODS), self.path()
            body, kind = self.body() if method not in ("GET", "HEAD") else (b"", "")
        cookie = f"__Host-csrf={TOKEN}; __Host-session={session}"
        lines = [f"{method} {path} HTTP/1.1", f"Cookie: {cookie}", "Connection: close"]
        lines += [f"Content-Length: {len(body)}", f"Content-Type: {kind}"] if body else []
        extra = [choice(HEADERS) for _number in range(choice([0, 0, 1, 3]))]
        if not any(name == "Host" for name, _value in extra):
            lines.append("Host: testserver")
        if chance() < 0.8:
            lines.append(f"X-CSRFToken: {TOKEN}")
        lines += [f"{name}: {value}" for name, value in extra]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body

    def spoilt_form(self) -> tuple[str, bytes]:
        """A form as its page sends it, but for some of its fields."""
        path = self.random.choice(sorted(self.forms))
        sent = dict(self.forms[path])
        for name in self.random.sample(sorted(sent), min(len(sent), self.random.choice([1, 1, 3]))):
            sent[name] = [self.junk()]
        pairs = [(name, value) for name, values in sent.items() for value in values]
        return path, urlencode(pairs, errors="surrogatepass").encode()

    def path(self) -> str:
        some = self.of_records if self.random.random() < 0.6 else self.addresses
        name, pattern = self.random.choice(some)
        path = self.address(name, pattern)
        if self.random.random() < 0.4:
            path += "?" + self.pairs(self.random.choice([1, 2, 20]))[:3900]
        elif self.random.random() < 0.1:
            path += self.random.choice(
                ["%00", "%ff%fe", "\xff", "//", ";a=b", "?%", "?" + "a" * 4000]
            )
        return path

    def address(self, name: str, pattern: URLPattern) -> str:
        given = {arg: self.value_of(arg, name) for arg in pattern.pattern.converters}
        try:
            return reverse(name, kwargs=given)
        except (NoReverseMatch, ValueError):
            return "/" + quote(str(pattern.pattern).replace("^", ""), safe="/")

    def value_of(self, argument: str, name: str) -> object:
        kind = str(argument)
        if kind in self.world["ids"] and self.random.random() < 0.9:
            return self.world["ids"][kind]
        if kind == "token":
            return self.random.choice([*self.world["tokens"], "made-up"])
        if kind in ("slug", "path", "object_id", "app_label", "url"):
            return self.random.choice(["fever", "what-is-all", "1", "content", "9" * 30, "a" * 300])
        return self.random.choice([1, 3, 0, 2**31, 2**63, 10**40])

    def pairs(self, count: int) -> str:
        return "&".join(
            f"{self.random.choice(FIELDS)}={quote(self.junk(), safe='', errors='surrogatepass')}"
            for _number in range(count)
        )

    def junk(self) -> str:
        if self.random.random() < 0.2:
            return "".join(self.random.choices(string.printable, k=12))
        return self.random.choice(JUNK)

    def body(self) -> tuple[bytes, str]:
        kind = self.random.choice(TYPES)
        shape = self.random.random()
        if shape < 0.01:
            return b"text=" + b"x" * 3_000_000, kind
        if shape < 0.03:
            return "&".join(f"f{number}=1" for number in range(1001)).encode(), kind
        if shape < 0.06:
            return b"[" * 5000 + b"]" * 5000, "application/json"
        if shape < 0.1:
            return self.multipart(), "multipart/form-data; boundary=b"
        if shape < 0.15:
            return self.random.randbytes(300), kind
        if shape < 0.2:
            return json.dumps({self.random.choice(FIELDS): self.random.choice(JUNK)}).encode(), kind
        return self.pairs(self.random.choice([1, 4, 12])).encode(), kind

    def multipart(self) -> bytes:
        coded = self.random.choice(["base64", "quoted-printable", "no-such", "8bit"])
        part = (
            f'--b\r\nContent-Disposition: form-data; name="text"; filename="{self.junk()[:50]}"\r\n'
        )
        part += f"Content-Transfer-Encoding: {coded}\r\n\r\n{self.junk()}\r\n--b--\r\n"
        return part.encode("utf-8", "surrogatepass")


def status_of(port: int, request: bytes) -> int:
    """Send these bytes; return the status, or 0 if the connection was closed without an answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        try:
            connection.sendall(request)
            answer = b""
            while more := connection.recv(65536):
                answer = answer or more
        except (BrokenPipeError, ConnectionResetError):
            # Too long a body is refused before all of it was sent.
            return 413
    return int(answer.split(b" ", 2)[1]) if answer else 0


def memory_of_workers(site) -> int:
    """Return the kilobytes that the workers hold together."""
    status = [Path(f"/proc/{worker}/status").read_text() for worker in site.workers()]
    return sum(int(text.partition("VmRSS:")[2].split()[0]) for text in status)


def test_thousands_of_broken_requests_break_nothing(site):
    found: Counter[int] = Counter()
    broken, held = [], []
    for number in range(REQUESTS // ROUND):
        world = site.tell(WORLD)
        owner = site.browser(world["owner"])
        forms = {path: Fields(owner.get(path).body, path).as_sent() for path in world["forms"]}
        maker = Maker(number, world, forms)
        requests = [maker.make() for _number in range(ROUND)]
        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(lambda request: status_of(site.port, request), requests))
        found.update(statuses)
        held.append(memory_of_workers(site))
        broken += [
            (status, request[:600])
            for status, request in zip(statuses, requests, strict=True)
            if status >= 500 or status == 0
        ]
    assert not broken, (found, broken[:5])
    # Enough of them reach a page or a form, not only the first door.
    assert found[200] + found[201] + found[409] + found[422] > REQUESTS / 8, found
    # Caches fill at first.
    warm = held[5:]
    assert not warm or warm[-1] <= 1.1 * warm[0], held


def test_a_request_with_two_lengths_is_refused(site):
    lines = ["POST / HTTP/1.1", "Host: testserver", "Connection: close"]
    smuggled = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: testserver\r\n\r\n"
    for two in (
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Content-Length: 5", "Content-Length: 50"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
    ):
        head = "\r\n".join([*lines, *two]).encode()
        assert status_of(site.port, head + b"\r\n\r\n" + smuggled) in (400, 501), two
