"""Readers report a mistake, editors find it in their inbox, and nothing tells who wrote it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from content.models import MistakeReport, Status, Topic
from content.report_views import KINDS
from tests.content.admin_tools import change_url
from tests.content.test_views import page
from tests.world import url

pytestmark = pytest.mark.django_db
ADDRESS = "/report/topic/what-is-all/"


def send(client: Client, text: str = "The year is wrong.", **fields: str):
    given = {"text": text, "client_id": str(uuid.uuid4())} | fields
    return client.post(ADDRESS, given)


def test_a_reader_reports_a_mistake_without_an_account(client: Client) -> None:
    topic = Topic.objects.get(slug="what-is-all")
    assert ADDRESS in page(client.get(topic.get_absolute_url()))
    form = page(client.get(ADDRESS))
    assert "If you feel unwell, do not write: call." in form
    assert 'name="robots" content="noindex"' in form
    response = send(client)
    assert response.headers["Location"] == topic.get_absolute_url()
    assert "Thank you" in page(client.get(topic.get_absolute_url()))
    report = MistakeReport.objects.get()
    assert (report.kind, report.slug, report.title) == ("topic", "what-is-all", "What is ALL?")
    assert report.text == "The year is wrong."


def test_nothing_leads_back_to_who_wrote_it(as_user, owner) -> None:
    send(as_user(owner))
    columns = {column.name for column in MistakeReport._meta.concrete_fields}
    assert not [column for column in MistakeReport._meta.concrete_fields if column.is_relation]
    assert not columns & {"user", "author", "ip", "address", "session", "email"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_has_the_link_and_the_form(client: Client, kind: str) -> None:
    row = KINDS[kind].objects.published().first()
    address = reverse("content:report", args=[kind, row.slug])
    assert address in page(client.get(row.get_absolute_url()))
    page(client.get(address))


@pytest.mark.parametrize(
    "address", ["/report/topic/no-such/", "/report/patient/what-is-all/", "/report/topic/gone/"]
)
def test_a_page_that_is_not_there_takes_no_report(client: Client, address: str) -> None:
    Topic.objects.filter(slug="imaging").update(slug="gone", status=Status.DRAFT)
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x"}).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\0b"])
def test_what_cannot_be_taken_is_asked_again(client: Client, text: str) -> None:
    response = send(client, text)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not MistakeReport.objects.exists()


def test_two_taps_make_one_report(client: Client) -> None:
    same = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, client_id=same).status_code == 302
    assert MistakeReport.objects.count() == 1


def test_too_many_at_once_are_asked_to_wait_and_lose_nothing(client: Client) -> None:
    for _ in range(10):
        assert send(client).status_code == 302
    response = send(client, "The eleventh")
    assert response.status_code == 429
    assert "The eleventh" in response.content.decode()
    assert MistakeReport.objects.count() == 10


def test_it_needs_the_token_of_the_form() -> None:
    assert send(Client(enforce_csrf_checks=True)).status_code == 403
    assert not MistakeReport.objects.exists()


def test_an_editor_finds_it_handles_it_and_it_leaves_the_inbox(
    client: Client, as_editor: Client, editor
) -> None:
    send(client)
    report = MistakeReport.objects.get()
    assert "The year is wrong." in as_editor.get("/admin/").content.decode()
    inbox = reverse("admin:content_mistakereport_changelist")
    assert "The year is wrong." in as_editor.get(inbox).content.decode()
    form = as_editor.get(change_url(report)).content.decode()
    assert change_url(Topic.objects.get(slug="what-is-all")) in form
    assert as_editor.post(change_url(report), {"note": "Mended"}).status_code == 302
    report.refresh_from_db()
    assert report.handled_at
    assert editor.get_username() in report.handled_by
    assert "The year is wrong." not in as_editor.get(inbox).content.decode()
    assert "The year is wrong." in as_editor.get(f"{inbox}?state=handled").content.decode()


def test_editors_neither_add_nor_delete_reports(client: Client, as_editor: Client) -> None:
    send(client)
    report = MistakeReport.objects.get()
    assert as_editor.get(reverse("admin:content_mistakereport_add")).status_code == 403
    assert as_editor.post(change_url(report, "delete")).status_code == 403


def test_a_patients_own_pages_take_no_report(as_owner: Client, journey) -> None:
    today = as_owner.get(url("today", journey_id=journey.pk)).content.decode()
    assert "/report/" not in today
