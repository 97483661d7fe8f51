"""What tests say of answers."""

from django.http import HttpResponse


def assert_needs_login(response: HttpResponse) -> None:
    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]


def assert_kind_error(response: HttpResponse, typed: str = "") -> None:
    """A form that was refused kindly: 422, a summary of what to mend, and what was typed."""
    assert response.status_code == 422
    body = response.content.decode()
    assert "error-summary" in body
    assert typed in body
