"""The admin as staff meet it: a second factor at the door, and content alone inside."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careguide.account import has_second_factor, secure_admin_login


class Workshop(admin.AdminSite):
    """Only rows of the guide are registered; whatever else asks to be is left out."""

    site_header = site_title = settings.SITE_NAME
    index_title = gettext_lazy("Workshop of the guide")
    enable_nav_sidebar = False
    # Of Django's own pages: what leads to rows by their type, and a second way to a password.
    left_out = frozenset({"view_on_site", "password_change", "password_change_done"})

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        if isinstance(model_or_iterable, type) and issubclass(model_or_iterable, Model):
            model_or_iterable = [model_or_iterable]
        of_guide = [one for one in model_or_iterable if one._meta.app_label == "content"]
        super().register(of_guide, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in where everybody does; whoever has no second factor yet sets one up first."""
        user = request.user
        if user.is_authenticated and user.is_staff and not has_second_factor(user):
            words = _("Please set up a second step first: editing the guide needs one.")
            messages.warning(request, words)
            return redirect("mfa_index")
        return secure_admin_login(super().login)(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from content.admin import (
            content_files,
            coverage,
            desk,
            languages,
            preview,
            readings,
            review_list,
            sign_off,
            upgrade,
        )

        own = [
            path("preview/", self.admin_view(preview.markdown), name="markdown_preview"),
            path("preview/<int:pk>/", self.admin_view(preview.topic_page), name="topic_page"),
            path("coverage/", self.admin_view(coverage.matrix), name="coverage"),
            path("reading/", self.admin_view(readings.reading_levels), name="reading_levels"),
            path("languages/", self.admin_view(languages.page), name="languages"),
            path("shown/", self.admin_view(coverage.preview_as), name="preview_as"),
            path("upgrade/", self.admin_view(upgrade.upgrade), name="upgrade"),
            path("upgrade/<int:pk>/", self.admin_view(upgrade.choose), name="upgrade_choose"),
            path("waiting/<int:pk>/", self.admin_view(desk.decide), name="decide"),
            *sign_off.urls(self.admin_view),
            path("review-list/", self.admin_view(review_list.review_list), name="review_list"),
            path(
                "review-list/<int:pk>/", self.admin_view(review_list.settle), name="review_settle"
            ),
            path("files/", self.admin_view(content_files.page), name="content_files"),
            path("files/download/", self.admin_view(content_files.download), name="download_files"),
        ]
        stock = [one for one in super().get_urls() if getattr(one, "name", "") not in self.left_out]
        return own + stock

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        from content.admin.desk import desk

        return super().index(request, {**desk(request.user), **(extra_context or {})})
