"""The forms of the workshop: they change what an editor changed, and nothing else."""

import pytest
from django.contrib import admin
from django.urls import reverse

from content.admin_site import Workshop
from content.file_format import CATALOGUES
from content.models import (
    Centre,
    MistakeReport,
    PendingChange,
    Section,
    Source,
    SuggestedQuestion,
    Symptom,
    Term,
    Topic,
    VisitKind,
)
from content.plain_rows import plain_row
from tests.content.admin_tools import change_url, form_of, save

pytestmark = pytest.mark.django_db

# Of the long catalogues a few rows, and those that use every kind of column.
ROWS = {
    "symptom": ("fever", "headache", "vomiting", "constipation", "confused", "low-mood"),
    "topic": ("what-is-all", "fever-and-infection", "outlook-numbers"),
}


def stored(row):
    """Return the row as files have it, and how its lists stand in the database."""
    catalogue = next(one for one in CATALOGUES if isinstance(row, one.model))
    fresh = type(row).objects.get(pk=row.pk)
    return plain_row(catalogue, fresh)


def rows_to_save():
    for catalogue in CATALOGUES:
        rows = catalogue.model.objects.order_by("pk")
        name = catalogue.model._meta.model_name
        wanted = rows.filter(slug__in=ROWS[name]) if name in ROWS else rows[:2]
        yield from wanted


@pytest.mark.verify
def test_saving_a_form_unchanged_changes_nothing(as_editor):
    saved = 0
    for row in rows_to_save():
        if row._meta.model_name in ("callsettings", "translation"):
            continue  # they are only looked at
        before = stored(row)
        response = save(as_editor, row)
        assert response.redirect_chain, (str(row), response.context["errors"])
        assert stored(row) == before, str(row)
        saved += 1
    assert saved > 30
    assert not PendingChange.objects.exists()


def test_the_settings_of_the_calls_can_only_be_looked_at(as_editor):
    row = next(one for one in CATALOGUES if one.inside == "settings").model.objects.get()
    address = change_url(row)
    assert b"red_list" in as_editor.get(address).content
    assert as_editor.post(address, {}).status_code == 403


def test_a_topic_is_changed_and_its_page_follows_at_once(as_editor, client):
    topic = Topic.objects.get(slug="what-is-all")
    save(as_editor, topic, body="## New\n\nA **fresh** line.", title="What ALL is")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "<strong>fresh</strong>" in page
    assert "What ALL is" in page


def test_save_and_look_goes_to_the_public_page(as_editor):
    topic = Topic.objects.get(slug="what-is-all")
    response = save(as_editor, topic, "_look")
    assert response.redirect_chain[0][0] == topic.get_absolute_url()
    assert "Edit this page" in response.content.decode()


def test_a_draft_is_looked_at_before_anybody_can_read_it(as_editor, client):
    topic = Topic.objects.get(slug="what-is-all")
    response = save(as_editor, topic, "_look", status="draft")
    assert "Readers do not see this page yet" in response.content.decode()
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert "What is ALL?" in as_editor.get(reverse("admin:index")).content.decode()


def test_an_editor_writes_a_new_topic_with_a_rule(as_editor, client):
    address = reverse("admin:content_topic_add")
    data = form_of(as_editor, address) | {
        "title": "Sleeping well",
        "slug": "sleeping-well",
        "section": str(Section.objects.get(slug="coping-with-side-effects").pk),
        "status": "published",
        "body": "Rest.",
        "sources": [Source.objects.first().key],
        "facts_checked_on": "2026-11-01",
        "review_due": "2027-11-01",
        "relevance_rules-TOTAL_FORMS": "1",
        "relevance_rules-0-weight": "91",
        "relevance_rules-0-phases": ["induction"],
        "relevance_rules-0-roles": ["patient"],
    }
    response = as_editor.post(address, data, follow=True)
    assert response.redirect_chain, response.context["errors"]
    topic = Topic.objects.get(slug="sleeping-well")
    rule = topic.relevance_rules.get()
    assert (rule.phases, rule.roles, rule.weight) == (["induction"], ["patient"], 91)
    assert b"Rest." in client.get(topic.get_absolute_url()).content
    shown = as_editor.get(reverse("admin:preview_as"), {"phases": "induction"}).content.decode()
    assert "Sleeping well" in shown


def test_a_slug_stands_once_and_then_stays(as_editor):
    address = reverse("admin:content_term_add")
    data = form_of(as_editor, address) | {"term": "x", "slug": "leukemia", "definition": "y"}
    assert "There is a row with this slug" in as_editor.post(address, data).content.decode()
    term = Term.objects.get(slug="leukemia")
    save(as_editor, term, slug="another")
    assert Term.objects.get(pk=term.pk).slug == "leukemia"


def test_lists_take_only_what_there_is(as_editor):
    question = SuggestedQuestion.objects.first()
    refused = save(as_editor, question, sources=["No-such-source"])
    assert not refused.redirect_chain
    assert "Select a valid choice" in refused.content.decode()


def test_a_list_keeps_what_is_archived_and_its_order(as_editor):
    term = Term.objects.first()
    known = list(Source.objects.values_list("key", flat=True)[:2])
    Term.objects.filter(pk=term.pk).update(sources=[known[1], "Gone-2013", known[0]])
    save(as_editor, term, definition="Said anew.")
    term.refresh_from_db()
    assert term.sources == [known[1], "Gone-2013", known[0]]


def test_other_words_of_a_term_stand_one_on_each_line(as_editor):
    term = Term.objects.get(slug="leukemia")
    save(as_editor, term, aliases="leukaemia\r\n\r\n blood cancer ")
    term.refresh_from_db()
    assert term.aliases == ["leukaemia", "blood cancer"]


def test_a_scale_needs_all_five_meanings(as_editor):
    address = reverse("admin:content_symptom_add")
    data = form_of(as_editor, address) | {
        "name": "Hiccups",
        "slug": "hiccups",
        "kind": "scored",
        "area": "symptoms",
        "status": "published",
        "after_rule": "same",
        "topics": ["what-is-all"],
        "certainty": ["D"],
        "review_due": "2027-11-01",
        "anchors-TOTAL_FORMS": "1",
        "anchors-0-score": "0",
        "anchors-0-text": "None",
        "anchors-0-level": "none",
    }
    assert "one meaning for each" in as_editor.post(address, data).content.decode()
    for score in range(5):
        data |= {
            f"anchors-{score}-score": str(score),
            f"anchors-{score}-text": f"Meaning {score}",
            f"anchors-{score}-level": "next_visit",
        }
    response = as_editor.post(address, data | {"anchors-TOTAL_FORMS": "5"}, follow=True)
    assert response.redirect_chain, response.context["errors"]
    symptom = Symptom.objects.get(slug="hiccups")
    assert symptom.number == max(Symptom.objects.values_list("number", flat=True))
    assert "meaning" in symptom.search_text


def test_nothing_is_deleted_by_anybody(as_editor, admin_client_with_factor):
    for client in (as_editor, admin_client_with_factor):
        for model in (Topic, Symptom, VisitKind, Source, Section):
            row = model.objects.first()
            assert client.get(change_url(row, "delete")).status_code == 403
            assert client.post(change_url(row, "delete"), {"post": "yes"}).status_code == 403
            assert model.objects.filter(pk=row.pk).exists()
            page = client.get(reverse(f"admin:content_{model._meta.model_name}_changelist"))
            assert b"delete_selected" not in page.content
            assert b"deletelink" not in client.get(change_url(row)).content


def test_a_relevance_rule_may_go(as_editor):
    topic = Topic.objects.get(slug="what-is-all")
    rules = topic.relevance_rules.count()
    save(as_editor, topic, **{"relevance_rules-0-DELETE": "on"})
    assert topic.relevance_rules.count() == rules - 1


def test_only_rows_of_the_guide_are_registered():
    assert isinstance(admin.site._wrapped, Workshop)
    assert {model._meta.app_label for model in admin.site._registry} == {"content"}


def test_the_editors_group_covers_every_row_of_the_workshop(editor):
    models = set(admin.site._registry)
    for options in admin.site._registry.values():
        models |= {inline.model for inline in options.inlines}
    for model in models:
        name = model._meta.model_name
        # Readers send reports of mistakes; editors read them and tick them off.
        for what in ("change", "view") if model is MistakeReport else ("add", "change", "view"):
            assert editor.has_perm(f"content.{what}_{name}"), (what, name)
    assert not editor.has_perm("content.add_mistakereport")
    assert not [one for one in editor.get_all_permissions() if ".delete_" in one]
    assert {one.partition(".")[0] for one in editor.get_all_permissions()} == {"content"}


def test_the_centre_is_written_once_and_keeps_its_limit_in_range(as_editor):
    address = reverse("admin:content_centre_add")
    data = form_of(as_editor, address) | {"name": "Test ward", "cancer_line": "+43 1 000"}
    as_editor.post(address, data)
    centre = Centre.load()
    assert centre.name == "Test ward"
    assert as_editor.get(address).status_code == 403
    assert "Between" in save(as_editor, centre, fever_limit="39.5").content.decode()
