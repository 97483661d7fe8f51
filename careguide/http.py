"""Typed requests and the one way a view answers with a page or with its fragment."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse
from django.template.response import TemplateResponse

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class HttpRequest(DjangoHttpRequest):
    """A request as our middleware leaves it (for type hints only)."""

    htmx: "HtmxDetails"


# An invalid form answers with this status; htmx is configured to swap it in.
INVALID_FORM = 422


def render_page(
    request: HttpRequest,
    page: str,
    fragment: str | None = None,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the whole `page`, or with its `fragment` when htmx asks for one.

    A boosted or history-restoring htmx request gets the page. `HX-Request` only ever chooses the
    template: what is shown was decided by the view.
    """
    wants_fragment = (
        fragment is not None
        and request.htmx
        and not request.htmx.boosted
        and not request.htmx.history_restore_request
    )
    return TemplateResponse(request, fragment if wants_fragment else page, context, status=status)
