"""Who gets what: the coverage of every stage, and the guide as somebody else is shown it."""

import re
from urllib.parse import urlsplit

import pytest

from content.coverage import coverage
from content.index import content_index
from content.models import StageFit, Topic
from content.relevance import StageContext

pytestmark = pytest.mark.django_db


def test_the_coverage_counts_every_sensible_stage_and_says_its_holes(as_editor):
    rows = coverage(content_index())
    sensible = StageFit.objects.exclude(fit="does-not-fit").count()
    assert len(rows) == sensible
    page = as_editor.get("/admin/coverage/").content.decode()
    holes = sum(count.hole for row in rows for cell in row.cells for count in cell.counts)
    assert page.count("too few") == holes
    Topic.objects.filter(slug__in=[one.slug for one in content_index().topics]).update(
        status="draft"
    )
    Topic.objects.first().save()
    assert as_editor.get("/admin/coverage/").content.decode().count("too few") > holes


def test_every_stage_leads_to_what_is_shown_there(as_editor):
    for row in coverage(content_index()):
        for cell in row.cells:
            assert as_editor.get(f"/admin/shown/?{cell.query}").status_code == 200


def test_preview_as_shows_the_ranked_lists_with_their_reasons(as_editor):
    given = {
        "role": "caregiver",
        "classification": "newly-diagnosed",
        "phases": ["induction", "cns"],
        "subtypes": "t-cell",
        "symptom": "fever",
        "visit_kind": "lumbar-puncture",
    }
    answer = as_editor.get("/admin/shown/", given)
    context = StageContext(
        role="caregiver",
        classifications=frozenset({"newly-diagnosed"}),
        phases=frozenset({"induction", "cns"}),
        subtypes=frozenset({"t-cell"}),
        symptoms=frozenset({"fever"}),
        visit_kinds=frozenset({"lumbar-puncture"}),
    )
    index = content_index()
    wanted = [index.topics_for(context), index.questions_for(context), index.symptoms_for(context)]
    shown = [[row["ranked"] for row in one["rows"]] for one in answer.context["lists"]]
    assert shown == wanted
    page = answer.content.decode()
    for row in (row for rows in wanted for row in rows):
        assert all(f"because {reason}" in page for reason in row.reasons)


def test_preview_as_stands_odd_questions(as_editor):
    odd = {"phases": "moon", "role": "king", "symptom": "x" * 500}
    assert as_editor.get("/admin/shown/", odd).status_code == 200


def test_addresses_of_the_workshop_stay_inside(as_editor):
    html = as_editor.get("/admin/").content.decode()
    for link in re.findall(r'href="([^"]+)"', html):
        assert urlsplit(link).netloc == ""
