"""What a device is told to keep is there, the same for everybody, and told apart by version."""

from django.contrib.staticfiles.finders import find
from django.test import Client

from careguide.middleware import INDEXABLE_VIEWS
from content.models import ContentRevision


def the_list(client):
    return client.get("/offline/list/").json()


def test_everything_on_the_list_opens_for_a_stranger(client, db):
    listed = the_list(client)
    assert len(listed["guide"]) == len(set(listed["guide"])) > 100
    for path in [*listed["first"], *listed["guide"][::20]]:
        assert is_a_file(path) or client.get(path).status_code == 200, path


def is_a_file(path):
    return path.startswith("/static/") and find(path.removeprefix("/static/")) is not None


def test_pages_without_a_signal_have_their_look_and_their_script(client, db):
    page = "".join(client.get(path).content.decode() for path in ("/call/", "/offline/"))
    for path in the_list(client)["first"]:
        assert path.startswith("/static/") <= (f'"{path}"' in page), path


def test_another_content_has_another_version(client, db):
    before = the_list(client)["version"]
    ContentRevision.objects.get().delete()
    assert the_list(client)["version"] != before


def test_another_look_or_script_has_another_version(client, db, monkeypatch):
    before = the_list(client)["version"]
    monkeypatch.setattr("content.offline.static", lambda name: f"/static/{name}?of=another")
    assert the_list(client)["version"] != before


def test_the_script_may_answer_for_the_whole_site_and_is_asked_for_anew(client, db):
    answer = client.get("/service-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert "content:offline" not in INDEXABLE_VIEWS


def test_the_home_screen_shows_the_name_that_the_operator_chose(client, db, settings):
    settings.SITE_NAME = "My pages of the hospital"
    said = client.get("/manifest.webmanifest").json()
    assert said["name"] == "My pages of the hospital"
    assert said["start_url"].startswith(said["scope"])
    for icon in said["icons"]:
        assert is_a_file(icon["src"])


def test_signing_out_clears_what_was_kept(as_owner, client):
    assert as_owner.post("/accounts/logout/").headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/").headers


def test_another_site_cannot_clear_what_was_kept(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/logout/")
    assert answer.status_code == 403
    assert "Clear-Site-Data" not in answer.headers
