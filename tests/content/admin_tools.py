"""Editors with a second factor, and the forms of the admin as a browser sends them."""

from html.parser import HTMLParser
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from content.call_sheet import number, sheet
from content.catalogue import rules
from content.models import Centre
from journeys.models import User
from tests.factories import make_user


def make_editor(**fields: Any) -> User:
    """Return an editor as the trial has one: staff, in the group, with an authenticator app."""
    user = make_user(**{"is_staff": True, **fields})
    user.groups.add(Group.objects.get(name="Editors"))
    TOTP.activate(user, generate_totp_secret())
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change_url(row: models.Model, page: str = "change") -> str:
    return reverse(f"admin:content_{row._meta.model_name}_{page}", args=[row.pk])


class Form(HTMLParser):
    """Reads what a browser would send for the form whose id ends in "_form"."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.inside = False
        self.select = ""
        self.option: str | None = None
        self.textarea: str | None = None
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = (given.get("id") or "").endswith("_form")
        if not self.inside or "disabled" in given or "__prefix__" in (given.get("name") or ""):
            return
        name = given.get("name") or ""
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind not in ("submit", "button"):
                plain = "on" if kind == "checkbox" else ""
                self.data.setdefault(name, []).append(given.get("value", plain) or "")
        elif tag == "textarea":
            self.textarea = name
            self.data[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.data.setdefault(self.select, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.data[self.textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.textarea:
            # A browser drops the first line end and sends the others as carriage returns, too.
            text = self.data[self.textarea][0].removeprefix("\r\n").removeprefix("\n")
            self.data[self.textarea] = [text.replace("\r\n", "\n").replace("\n", "\r\n")]
            self.textarea = None
        elif tag == "select":
            self.select = ""


def form_of(client: Client, address: str) -> dict[str, list[str]]:
    """Open a form and return what a browser would send of it unchanged."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return Form(response).data


def save(client: Client, row: models.Model, *more: str, **values: Any) -> HttpResponse:
    """Open the form of a row, put `values` into it, and send it."""
    data: dict[str, Any] = form_of(client, change_url(row))
    return client.post(change_url(row), {**data, **values, **dict.fromkeys(more, "1")}, follow=True)


def sign_off(client: Client, **values: Any) -> HttpResponse:
    """Record the sign-off of the sheet as it is now, as somebody does who holds it."""
    given = {
        "sheet_number": number(sheet(rules(), Centre.load())),
        "signed_by": "Dr. X",
        "role": "hematologist",
        "signed_on": "2026-01-20",
        "in_hand": "on",
    }
    return client.post(reverse("admin:sign_off_record"), {**given, **values}, follow=True)


def rule(row: models.Model, column: str) -> str:
    """Return the name of a column of a row of a symptom in the symptom's form."""
    name = {
        "symptomanchor": "anchors",
        "symptomsign": "signs",
        "symptomthreshold": "thresholds",
        "symptomwindowlevels": "window_levels",
    }[row._meta.model_name]
    rows = list(getattr(row.symptom, name).all())
    return f"{name}-{rows.index(row)}-{column}"
