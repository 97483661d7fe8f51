"""What tests say of answers."""

import io

from django.http import HttpResponse
from pypdf import PdfReader


def assert_needs_login(response: HttpResponse) -> None:
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def assert_kind_error(response: HttpResponse, typed: str = "") -> None:
    """A form that was refused kindly: 422, a summary of what to mend, and what was typed."""
    assert response.status_code == 422
    body = response.content.decode()
    assert "error-summary" in body
    assert typed in body


def text_of(response: HttpResponse) -> str:
    """Return what an answer says: its text, or that of the pages of a PDF."""
    if response.headers.get("Content-Type") == "application/pdf":
        pages = PdfReader(io.BytesIO(response.content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)
    return response.content.decode()
