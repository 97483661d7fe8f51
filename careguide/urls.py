"""Addresses of the whole site; the apps bring their own."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from careguide import views

# Staff sign in where everybody does, with the same limits and second steps.
admin.site.login = secure_admin_login(admin.site.login)
# Accounts, their addresses, second steps and sessions are nobody's to browse.
for model in list(admin.site._registry):
    if model._meta.app_label not in ("content", "journeys"):
        admin.site.unregister(model)
admin.site.site_header = admin.site.site_title = settings.SITE_NAME

urlpatterns = [
    path("", views.landing, name="landing"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("content.urls")),
    path("", include("journeys.urls")),
]
