"""Typed requests; the one way a view answers with a page or its fragment, and one to say wait."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from careguide.account import within_limit

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class HttpRequest(DjangoHttpRequest):
    """A request as our middleware leaves it (for type hints only)."""

    htmx: "HtmxDetails"


View = Callable[..., HttpResponse]

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


def error_answer(status: int, **context: Any) -> HttpResponse:
    """Answer with the page of this status. It reads nothing of the request, nor of its person."""
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def limited(use: str) -> Callable[[View], View]:
    """Answer 429 instead of running the view when `use` (of ACCOUNT_RATE_LIMITS) was used up."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not within_limit(request, use):
                return error_answer(429)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
