"""From a rendered template to an accessible PDF; the only module that knows the PDF library."""

import functools
from typing import Any

from django.contrib.staticfiles import finders

STYLE = "css/paper.css"


class RefusedError(Exception):
    """The page asked for something from outside. Nothing is ever fetched for a PDF."""


@functools.cache
def can_make_pdf() -> bool:
    """Whether the machine has the system library that the PDF library needs."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return True


def to_pdf(html: str) -> bytes:
    """Return the page as a tagged PDF (PDF/UA). The page must stand for itself: no images, no links
    to styles. Raises OSError where the system library is missing."""
    from weasyprint import CSS, HTML  # noqa: PLC0415

    style = CSS(string=_style(), url_fetcher=_refuse)
    page = HTML(string=html, url_fetcher=_refuse, base_url="")
    return page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


@functools.cache
def _style() -> str:
    path = finders.find(STYLE)
    if path is None:
        raise FileNotFoundError(STYLE)
    with open(path, encoding="utf-8") as file:
        return file.read()


def _refuse(url: str, *args: Any, **kwargs: Any) -> dict[str, Any]:
    raise RefusedError(url.partition(":")[0])
