"""Addresses of the whole site; the apps bring their own."""

from django.contrib import admin
from django.urls import include, path

from careguide import gallery, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("language/", views.choose_language, name="choose_language"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("stay/", views.stay, name="stay"),
    path("held/", views.held_form, name="held_form"),
    path("held/keep/", views.held_keep, name="held_keep"),
    path("accounts/sessions/", views.session_list, name="usersessions_list"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("content.urls")),
    path("", include("journeys.urls")),
]

handler400 = views.error_page(400)
handler403 = views.error_page(403)
handler404 = views.error_page(404)
handler500 = "careguide.views.server_error"
