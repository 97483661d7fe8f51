"""Texts about the site: open to everybody, written by staff, and named until they are filled in."""

import pytest

from content.models import Notice
from tests.asserts import text_of


@pytest.mark.parametrize("slug", ["privacy", "terms", "contact"])
def test_anybody_reads_them_from_any_page(client, db, slug):
    notice = Notice.objects.get(slug=slug)
    assert f'href="/about/{slug}/"' in client.get("/").content.decode()
    page = text_of(client.get(f"/about/{slug}/"))
    assert notice.title in page
    assert "Holds from 28 November 2026." in page


def test_there_are_no_others(client, db):
    assert client.get("/about/us/").status_code == 404


def test_what_staff_write_is_shown_and_harmless(client, db):
    notice = Notice.objects.get(slug="contact")
    assert notice.is_as_shipped
    notice.body = "## Ward 4\n\n<script>alert(1)</script> Ask **Ada**."
    notice.save()
    assert not notice.is_as_shipped
    page = client.get("/about/contact/").content.decode()
    assert "<strong>Ada</strong>" in page
    assert "<script>alert" not in page
    assert notice.history.count() >= 1


def test_an_editor_changes_them_and_adds_none(as_editor):
    notice = Notice.objects.get(slug="terms")
    change = f"/admin/content/notice/{notice.pk}/change/"
    assert as_editor.get(change).status_code == 200
    assert as_editor.get("/admin/content/notice/add/").status_code == 403
