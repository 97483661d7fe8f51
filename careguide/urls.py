"""Addresses of the whole site; the apps bring their own."""

from django.contrib import admin
from django.urls import include, path

from careguide import views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("stay/", views.stay, name="stay"),
    path("held/", views.held_form, name="held_form"),
    path("held/keep/", views.held_keep, name="held_keep"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("content.urls")),
    path("", include("journeys.urls")),
]

handler500 = "careguide.views.server_error"
