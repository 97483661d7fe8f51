"""The pages of the guide: open to everybody, the same for everybody."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careguide.http import HttpRequest, render_page
from content import search as searching
from content.catalogue import rules as load_rules
from content.forms import SearchForm
from content.guide_map import guide_map
from content.models import (
    CallSettings,
    Centre,
    Notice,
    Source,
    Symptom,
    Term,
    Topic,
    content_revision,
)
from content.red_path import is_signed, red_path_context
from content.review_state import review_state
from content.symptom_advice import scale, signs


@require_safe
@login_not_required
def guide_index(request: HttpRequest) -> HttpResponse:
    context = {"sections": guide_map().sections, "form": SearchForm()}
    return TemplateResponse(request, "content/guide_index.html", context)


@require_safe
@login_not_required
def section(request: HttpRequest, section: str) -> HttpResponse:
    sections = guide_map()
    found = sections.section(section)
    if found is None:
        raise Http404
    place = sections.sections.index(found)
    context = {
        "section": found,
        "before": sections.sections[place - 1] if place else None,
        "after": next(iter(sections.sections[place + 1 :]), None),
        "review_state": review_state(found.topics),
    }
    return TemplateResponse(request, "content/section.html", context)


@require_safe
@login_not_required
def topic(request: HttpRequest, section: str, topic: str) -> HttpResponse:
    sections = guide_map()
    if topic not in sections.topics or sections.topics[topic].section != section:
        raise Http404
    found = get_object_or_404(
        Topic.objects.in_language().defer("body", "numbers", "search_text"), slug=topic
    )
    before, after = sections.neighbours(topic)
    context = {
        "topic": found,
        "section": sections.section(section),
        "story": sections.story,
        "before": before,
        "after": after,
        "sources": sections.sources_of(found.sources),
        "questions": sections.questions.get(topic, ()),
        "symptoms": sections.symptoms.get(topic, ()),
    }
    return TemplateResponse(request, "content/topic.html", context)


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": query, "found": searching.find(query)}
    return render_page(request, "content/search.html", "content/_search_results.html", context)


@require_safe
@login_not_required
def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(Term.objects.published().in_language(), key=lambda term: term.term.casefold())
    letters = [
        (letter, list(group))
        for letter, group in groupby(terms, lambda term: term.term[:1].upper())
    ]
    context = {"letters": letters, "review_state": review_state(terms)}
    return TemplateResponse(request, "content/glossary.html", context)


@require_safe
@login_not_required
def term(request: HttpRequest, term: str) -> HttpResponse:
    found = get_object_or_404(Term.objects.published().in_language(), slug=term)
    sections = guide_map()
    context = {
        "term": found,
        "topic": sections.topics.get(found.topic),
        "sources": sections.sources_of(found.sources),
    }
    return render_page(request, "content/term.html", "content/_term.html", context)


@require_safe
@login_not_required
def symptom_index(request: HttpRequest) -> HttpResponse:
    columns = ("slug", "name", "reviewer", "reviewed_on", "facts_checked_on")
    symptoms = Symptom.objects.published().in_language().order_by("name").only(*columns)
    context = {"symptoms": symptoms, "review_state": review_state(symptoms)}
    return TemplateResponse(request, "content/symptom_index.html", context)


@require_safe
@login_not_required
def symptom(request: HttpRequest, symptom: str) -> HttpResponse:
    found = get_object_or_404(Symptom.objects.published().in_language(), slug=symptom)
    token = content_revision()
    sections, rules = guide_map(token), load_rules(token)
    rule = rules.symptoms.get(symptom)
    context = {
        "symptom": found,
        "signed": is_signed(Centre.load(), rules),
        "levels": signs(rules, rule) if rule else [],
        "scale": scale(rules, rule) if rule else [],
        "topics": sections.topics_of_symptom.get(symptom, ()),
        "sources": sections.sources_of(found.sources),
    }
    return TemplateResponse(request, "content/symptom.html", context)


@require_safe
@login_not_required
def sources(request: HttpRequest) -> HttpResponse:
    sections = guide_map()
    found = sorted(sections.sources.values(), key=Source.by_publisher)
    letters = [
        (letter, [(source, sections.topics_of_source.get(source.key, ())) for source in group])
        for letter, group in groupby(found, lambda source: source.issuer[:1].upper())
    ]
    return TemplateResponse(request, "content/sources.html", {"letters": letters})


@require_safe
@login_not_required
def changes(request: HttpRequest) -> HttpResponse:
    sections = guide_map()
    found = sections.changes()
    topics = [topic for _section, entries in found for topic, _sources in entries]
    context = {"changes": found, "story": sections.story, "review_state": review_state(topics)}
    return TemplateResponse(request, "content/changes.html", context)


@require_safe
@login_not_required
def red_path(request: HttpRequest) -> HttpResponse:
    # The row that carries the red list says when its facts were checked and who reviewed it.
    checked = CallSettings.objects.published().in_language()
    context = {**red_path_context(), "review_state": review_state(checked)}
    return TemplateResponse(request, "content/red_path.html", context)


@require_safe
@login_not_required
def notice(request: HttpRequest, notice: str) -> HttpResponse:
    """A text about the site itself: privacy, terms, contact."""
    found = get_object_or_404(Notice, slug=notice)
    return TemplateResponse(request, "content/notice.html", {"notice": found})
