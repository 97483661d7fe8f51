"""The clinician's review list: points to decide, marks in the texts, and what nobody reviewed."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careguide.http import INVALID_FORM
from content.admin.base import WorkshopAdmin
from content.admin.desk import address_of
from content.models import ReviewPoint
from content.rendering import Renderer
from content.review_list import marked, reviewed


@admin.register(ReviewPoint)
class ReviewPointAdmin(WorkshopAdmin):
    """To add a point or to word it anew; it is ticked off on the list itself."""

    list_display = ("slug", "theme", "settled_on")
    search_fields = ("slug", "text")
    fields = ("theme", "slug", "text", "order", "settled_by", "settled_on", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()


class SettleForm(forms.ModelForm):
    """Who decided a point, and what."""

    class Meta:
        model = ReviewPoint
        fields = ("settled_by", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settled_by"].required = True


@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("content.view_reviewpoint"):
        raise PermissionDenied
    return _page(request)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a point off, or put it back on the list."""
    if not request.user.has_perm("content.change_reviewpoint"):
        raise PermissionDenied
    point = get_object_or_404(ReviewPoint, pk=pk)
    if "reopen" in request.POST:
        point.reopen()
        messages.success(request, _("Back on the list: %(point)s") % {"point": point})
        return redirect("admin:review_list")
    form = SettleForm(request.POST, instance=point, prefix=str(pk))
    if not form.is_valid():
        return _page(request, form, status=INVALID_FORM)
    given = form.cleaned_data
    point.settle(given["settled_by"], given["note"], timezone.localdate())
    messages.success(request, _("Decided: %(point)s") % {"point": point})
    return redirect(f"{reverse('admin:review_list')}#point-{pk}")


def _page(request: HttpRequest, sent: SettleForm | None = None, status: int = 200) -> HttpResponse:
    renderer = Renderer.load()
    points = [_shown(point, renderer, sent) for point in ReviewPoint.objects.all()]
    context = {
        **admin.site.each_context(request),
        "title": _("Review list"),
        "themes": [
            (theme, list(found)) for theme, found in groupby(points, lambda one: one["point"].theme)
        ],
        "open": sum(not one["point"].settled_on for one in points),
        "total": len(points),
        "marked": [{"one": one, "address": address_of(one.row)} for one in marked()],
        "reviewed": [
            {"name": capfirst(one.model._meta.verbose_name_plural), "counts": one}
            for one in reviewed(timezone.localdate())
        ],
        "may_settle": request.user.has_perm("content.change_reviewpoint"),
        "on": timezone.localdate(),
    }
    return TemplateResponse(request, "admin/content/review_list.html", context, status=status)


def _shown(point: ReviewPoint, renderer: Renderer, sent: SettleForm | None) -> dict[str, Any]:
    """Return a point as the page lists it; a form that was refused keeps what was typed."""
    if sent is not None and sent.instance.pk == point.pk:
        form = sent
    else:
        form = SettleForm(instance=point, prefix=str(point.pk))
    return {"point": point, "html": renderer.to_html(point.text, 2), "form": form}
