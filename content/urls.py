"""Addresses of the guide, the glossary, the symptoms, the sources and the red path."""

from django.urls import path

from content import catalogue_views, offline, report_views, views

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
    path("labs/", catalogue_views.lab_index, name="lab_index"),
    path("labs/<slug:lab>/", catalogue_views.lab, name="lab"),
    path("medicines/", catalogue_views.medicine_index, name="medicine_index"),
    path("medicines/<slug:medicine>/", catalogue_views.medicine, name="medicine"),
    path("phases/", catalogue_views.phase_index, name="phase_index"),
    path("phases/<slug:phase>/", catalogue_views.phase, name="phase"),
    path("visits/", catalogue_views.visit_index, name="visit_index"),
    path("visits/<slug:visit>/", catalogue_views.visit, name="visit"),
    path("changes/", views.changes, name="changes"),
    path("sources/", views.sources, name="sources"),
    path("report/<slug:kind>/<slug:slug>/", report_views.report, name="report"),
    path("offline/", offline.offline, name="offline"),
    path("offline/list/", offline.offline_list, name="offline_list"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("call/", views.red_path, name="red_path"),
    path("about/<slug:notice>/", views.notice, name="notice"),
]
