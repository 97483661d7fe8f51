"""No address that somebody else made up leads a visitor to another site."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client

from tests.factories import PASSWORD
from tests.visitors import client_of, confirm_address, prove

HOST = "evil.example"
BARE = [
    f"https://{HOST}", f"http://{HOST}/", f"//{HOST}", f"///{HOST}", f"////{HOST}/x", f"\\\\{HOST}",
    f"/\\{HOST}", f"\\/{HOST}", f"/\\/{HOST}", f"http:{HOST}", f"https:/{HOST}",
    f"https:\\\\{HOST}",
    f"http:///{HOST}", f"https://testserver@{HOST}", f"https://testserver.{HOST}",
    f"https://{HOST}#testserver", f"https://{HOST}?testserver", f"//{HOST}/testserver",
    f"//testserver@{HOST}", f"//{HOST}:443/", f"https://{HOST}:80", f"ftp://{HOST}", f"HTTPS://{HOST}",
    f"javascript:alert('{HOST}')", f"JaVaScRiPt://{HOST}/%0aalert(1)", f"data:text/html,{HOST}",
    f"vbscript:{HOST}", f"file://{HOST}/x", f"mailto:a@{HOST}", f"blob:https://{HOST}/1",
    f"https://[::ffff:1.2.3.4]/{HOST}", f"//0x7f000001/{HOST}", f"https://%65vil.example/{HOST}",
    f"//%65vil.example/{HOST}", f"https://ⓔvil.example/{HOST}", f"//{HOST}\u3002x",
    f"//{HOST}%2f..",
    f"https://{HOST}/%2e%2e", f"https://{HOST}\\@testserver", f"//{HOST}\\@testserver/",
]  # fmt: skip
HIDDEN = [
    f"{before}//{HOST}" for before in (" ", "\t", "\n", "\r", "\x00", "\x0b", "\x1f", "\ufeff")
]
SPLIT = [f"/{mark}/{HOST}" for mark in ("\t", "\n", "\r", "\r\n", "\x00", "%09", "%0d%0a")]
HEADERS = [f"/home/\r\nLocation: //{HOST}", f"/home/\nSet-Cookie: a={HOST}", f"/%0d%0aX: {HOST}"]
ELSEWHERE = [*BARE, *HIDDEN, *SPLIT, *HEADERS, f"https://{HOST}/{'a' * 3000}", f"//{HOST}/" * 40]


def test_there_are_enough_of_them():
    assert len(set(ELSEWHERE)) >= 60


def stays_here(answer) -> None:
    for name in ("Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url"):
        if name in answer.headers:
            to = urlsplit(urljoin("https://testserver/x/", answer.headers[name].strip()))
            assert (to.scheme, to.hostname) == ("https", "testserver"), answer.headers[name]
            assert not answer.headers[name].startswith(("//", "/\\", "\\"))
    assert "Set-Cookie: a=" not in str(answer.headers)


@pytest.mark.verify
@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("way", ["address", "form"])
@pytest.mark.parametrize("page", ["login", "logout", "reauthenticate", "signup"])
def test_signing_in_out_and_once_more_goes_on_within_the_site(owner, page, way, htmx):
    confirm_address(owner)
    path = f"/accounts/{page}/"
    for payload in ELSEWHERE:
        client = client_of(owner) if page in ("logout", "reauthenticate") else Client()
        said = {"login": owner.email, "password": PASSWORD, "email": "new@example.org"}
        said |= {"next": payload} if way == "form" else {}
        query = f"?next={quote(payload, safe='')}" if way == "address" else ""
        headers = {"HX-Request": "true"} if htmx else {}
        stays_here(client.get(path + query, headers=headers))
        stays_here(client.post(path + query, said, headers=headers))


@pytest.mark.verify
@pytest.mark.parametrize("htmx", [False, True])
def test_a_proof_goes_back_to_where_it_was_asked_for_and_nowhere_else(owner, journey, htmx):
    confirm_address(owner)
    client = client_of(owner)
    for payload in ELSEWHERE:
        prove(client, seconds_ago=3600)
        asked = {"HX-Current-URL": payload.encode("ascii", "ignore").decode().strip()}
        asked = {name: value for name, value in asked.items() if value.isprintable()}
        asked |= {"HX-Request": "true"} if htmx else {}
        answer = client.post(
            f"/journeys/{journey.pk}/export/file/?next={quote(payload)}", headers=asked
        )
        stays_here(answer)


@pytest.mark.parametrize("payload", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_a_path_that_looks_like_another_site_is_not_sent_there(client, db, payload):
    stays_here(client.get("/" + quote(payload, safe="/\\:@")))
