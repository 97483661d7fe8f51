"""Small pieces of content for tests."""

from datetime import date
from typing import Any

from content.models import Section, Source, SuggestedQuestion, Term, Topic

CHECKED = {"facts_checked_on": date(2026, 11, 1), "review_due": date(2027, 11, 1)}


def make_section(slug: str = "overview", **values: Any) -> Section:
    values = {"number": 1, "title": slug.title(), "order": 10, **values}
    return Section.objects.get_or_create(slug=slug, defaults=values)[0]


def make_topic(slug: str, section: Section | None = None, **values: Any) -> Topic:
    values = {"title": slug.replace("-", " ").title(), "body": "Some text.", **CHECKED, **values}
    return Topic.objects.create(slug=slug, section=section or make_section(), **values)


def make_term(slug: str, **values: Any) -> Term:
    values = {"term": slug.replace("-", " "), "definition": f"What {slug} is.", **CHECKED, **values}
    return Term.objects.create(slug=slug, **values)


def make_question(slug: str, text: str, **values: Any) -> SuggestedQuestion:
    return SuggestedQuestion.objects.create(slug=slug, text=text, **{**CHECKED, **values})


def make_source(key: str, **values: Any) -> Source:
    return Source.objects.create(key=key, **{"title": f"About {key}", **values})
