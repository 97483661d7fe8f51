"""Addresses of the guide, the glossary, the symptoms, the sources and the red path."""

from django.urls import path

from content import views

app_name = "content"

urlpatterns = [
    path("guide/", views.guide_index, name="guide_index"),
    path("guide/<slug:section>/", views.section, name="section"),
    path("guide/<slug:section>/<slug:topic>/", views.topic, name="topic"),
    path("search/", views.search, name="search"),
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<slug:term>/", views.term, name="term"),
    path("symptoms/", views.symptom_index, name="symptom_index"),
    path("symptoms/<slug:symptom>/", views.symptom, name="symptom"),
    path("changes/", views.changes, name="changes"),
    path("sources/", views.sources, name="sources"),
    path("call/", views.red_path, name="red_path"),
]
