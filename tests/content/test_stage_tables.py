"""What a nurse would put first, stage by stage: the shipped relevance rules, table by table."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.index import Index, content_index
from content.models import (
    Classification,
    Phase,
    RelevanceRule,
    StageFit,
    Subtype,
    Symptom,
    Topic,
    touch_content,
)
from content.relevance import NOT_KNOWN, StageContext
from tests.content.stage_tables import REASONS, STAGES, SUBTYPES

pytestmark = pytest.mark.django_db

TOP = 5
LEADS = 90
ROLES = ("patient", "caregiver")
KINDS = ("topics", "questions", "symptoms")


@pytest.fixture
def index(db):
    return content_index()


def standing(*, role="patient", classes="", phases="", subtypes="", symptoms="", visits=""):
    return StageContext(
        role=role,
        classifications=frozenset(classes.split()),
        subtypes=frozenset(subtypes.split()),
        phases=frozenset(phases.split()),
        symptoms=frozenset(symptoms.split()),
        visit_kinds=frozenset(visits.split()),
    )


def ranked(index: Index, kind: str, context: StageContext):
    return getattr(index, f"{kind}_for")(context)


def first(index: Index, kind: str, context: StageContext):
    return [row.item.slug for row in ranked(index, kind, context)[:TOP]]


# --- Who sees what first ----------------------------------------------------------------------
by_name = pytest.mark.parametrize("expected", STAGES, ids=lambda one: one.name)


@by_name
def test_a_patient_sees_what_a_nurse_would_put_first(index, expected):
    context = standing(**expected.stage)
    assert first(index, "topics", context)[0] == expected.lead
    for kind in KINDS:
        missing = set(getattr(expected, kind).split()) - set(first(index, kind, context))
        assert not missing, f"{kind}: {first(index, kind, context)}"


@by_name
def test_a_patient_does_not_see_first_what_belongs_elsewhere(index, expected):
    context = standing(**expected.stage)
    for kind, slug in zip(KINDS, expected.not_first.split(), strict=True):
        assert slug in index_slugs(kind)
        assert slug not in first(index, kind, context)


def index_slugs(kind):
    model = {"topics": Topic, "symptoms": Symptom}.get(kind, RelevanceRule)
    name = "question__slug" if model is RelevanceRule else "slug"
    return set(model.objects.values_list(name, flat=True))


@by_name
def test_a_carer_sees_their_own_topics_beside_the_stage(index, expected):
    context = standing(role="caregiver", **expected.stage)
    topics = first(index, "topics", context)
    assert topics[0] == (expected.carer_lead or expected.lead)
    assert set(expected.carer_topics.split()) <= set(topics), topics


@by_name
def test_a_carer_sees_only_questions_of_carers(index, expected):
    context = standing(role="caregiver", **expected.stage)
    questions = first(index, "questions", context)
    assert set(expected.carer_questions.split()) <= set(questions), questions
    assert all(row.item.slug.startswith("carer-") for row in index.questions_for(context))


@by_name
def test_a_patient_sees_no_question_of_carers(index, expected):
    rows = index.questions_for(standing(**expected.stage))
    assert not [row for row in rows if row.item.slug.startswith("carer-")]


@pytest.mark.parametrize(("subtypes", "classes", "phases", "kind", "slug"), SUBTYPES)
def test_a_subtype_brings_its_own_treatment_to_the_front(
    index, subtypes, classes, phases, kind, slug
):
    with_it = standing(classes=classes, phases=phases, subtypes=subtypes)
    assert slug in first(index, kind, with_it)


@pytest.mark.parametrize(
    ("subtypes", "slug"),
    [
        ("t-cell ph-negative", "blinatumomab-explained"),
        ("t-cell ph-negative", "car-t-explained"),
        ("precursor-b ph-negative", "nelarabine-explained"),
        ("precursor-b ph-negative", "targeted-tablets-tki"),
        ("precursor-b ph-negative", "mature-b-cell"),
    ],
)
def test_a_treatment_for_another_subtype_is_not_brought_up(index, subtypes, slug):
    for phase in ("induction", "consolidation", "maintenance", "reinduction"):
        rows = index.topics_for(standing(phases=phase, subtypes=subtypes))
        assert slug not in [row.item.slug for row in rows]


def test_end_of_life_comes_only_to_those_who_chose_comfort(index):
    for context in every_context():
        if "comfort" not in context.phases:
            slugs = {row.item.slug for row in index.topics_for(context)}
            assert not slugs & {"comfort-focused-care", "if-treatment-stops-working"}


# --- Why it is there --------------------------------------------------------------------------
@pytest.mark.parametrize(("facts", "kind", "slug", "reasons"), REASONS)
def test_each_item_says_why_it_is_there(index, facts, kind, slug, reasons):
    rows = {row.item.slug: row for row in ranked(index, kind, standing(**facts))}
    assert list(rows[slug].reasons) == reasons


@by_name
def test_all_that_comes_first_has_a_reason(index, expected):
    for role, kind in product(ROLES, KINDS):
        context = standing(role=role, **expected.stage)
        assert all(row.reasons for row in ranked(index, kind, context)[:TOP])


@by_name
def test_a_logged_symptom_leads_whatever_the_stage(index, expected):
    context = standing(symptoms="nausea", **expected.stage)
    assert "nausea-and-eating" in first(index, "topics", context)[:2]
    assert first(index, "questions", context)[0] in ("nausea-help", "plan-for-pain-and-breath")
    carer = standing(role="caregiver", symptoms="nausea", **expected.stage)
    assert first(index, "questions", carer)[0] == "carer-cooking"


@by_name
def test_the_next_visit_is_among_the_first(index, expected):
    context = standing(visits="bone-marrow-biopsy", **expected.stage)
    assert "bone-marrow-test" in first(index, "topics", context)


def test_rules_for_symptoms_and_visits_have_one_weight_each(index):
    for item in (*index.topics, *index.questions):
        for rule in item.rules:
            if "symptoms" in rule.wants:
                assert rule.weight == 96, item.slug
            elif "visit_kinds" in rule.wants:
                assert rule.weight == 93, item.slug


# --- Never, and at least ----------------------------------------------------------------------
def every_context():
    """Each classification, phase (alone or beside CNS prophylaxis), pair of subtypes and role."""
    classes = ["", *Classification.objects.values_list("slug", flat=True)]
    main = list(Phase.objects.filter(alongside=False).values_list("slug", flat=True))
    phases = ["", "cns", *main, *(f"{phase} cns" for phase in main)]
    axis = {
        name: ["", *Subtype.objects.filter(axis=name).values_list("slug", flat=True)]
        for name in ("cell", "philadelphia")
    }
    for one, phase, cell, philadelphia, role in product(
        classes, phases, axis["cell"], axis["philadelphia"], ROLES
    ):
        yield standing(role=role, classes=one, phases=phase, subtypes=f"{cell} {philadelphia}")


@pytest.mark.verify
def test_no_statistics_and_no_figures_are_ever_brought_up(index):
    hidden = set(Topic.objects.filter(section__slug="statistics").values_list("slug", flat=True))
    hidden |= set(Topic.objects.exclude(numbers="").values_list("slug", flat=True))
    assert hidden
    contexts = list(every_context())
    assert len(contexts) == 5 * 18 * 4 * 3 * 2
    for context in contexts:
        assert not hidden & {row.item.slug for row in index.topics_for(context)}


def test_no_rule_of_any_kind_names_statistics():
    assert not RelevanceRule.objects.filter(topic__section__slug="statistics").exists()
    assert not RelevanceRule.objects.filter(topic__isnull=False).exclude(topic__numbers="").exists()


def sensible_stages():
    """Each pair of classification and phase that is not ruled out, and those half or not said."""
    fits = StageFit.objects.exclude(fit="does-not-fit")
    yield from fits.order_by("order").values_list("classification", "phase")
    for phase in Phase.objects.values_list("slug", flat=True):
        yield "", phase
    for classification in Classification.objects.values_list("slug", flat=True):
        yield classification, ""
    yield "", ""


def test_every_sensible_stage_has_enough_of_each_kind(index):
    for classes, phases in sensible_stages():
        patient = standing(classes=classes, phases=phases)
        carer = standing(role="caregiver", classes=classes, phases=phases)
        counts = {
            "patient questions": (len(index.questions_for(patient)), 10),
            "carer questions": (len(index.questions_for(carer)), 6),
            "patient topics": (len(index.topics_for(patient)), 5),
            "carer topics": (len(index.topics_for(carer)), 5),
            "patient symptoms": (len(index.symptoms_for(patient)), 8),
            "carer symptoms": (len(index.symptoms_for(carer)), 8),
        }
        for name, (found, least) in counts.items():
            assert found >= least, f"{classes} {phases}: {found} {name}"


def test_at_most_five_items_lead_a_stage(index):
    for (classes, phases), role, kind in product(list(sensible_stages()), ROLES, KINDS):
        rows = ranked(index, kind, standing(role=role, classes=classes, phases=phases))
        leading = [row.item.slug for row in rows if row.weight >= LEADS]
        assert len(leading) <= TOP, f"{classes} {phases} {role} {kind}: {leading}"


def test_every_rule_can_match_somebody(index):
    known = {
        "classifications": {NOT_KNOWN, *Classification.objects.values_list("slug", flat=True)},
        "phases": {NOT_KNOWN, *Phase.objects.values_list("slug", flat=True)},
        "subtypes": {NOT_KNOWN, *Subtype.objects.values_list("slug", flat=True)},
        "symptoms": set(Symptom.objects.published().values_list("slug", flat=True)),
    }
    for item in (*index.topics, *index.questions, *index.symptoms):
        for rule in item.rules:
            for name, slugs in known.items():
                assert rule.wants.get(name, frozenset()) <= slugs, item.slug


# --- What it costs ----------------------------------------------------------------------------
def queries_of_ranking():
    with CaptureQueriesContext(connection) as captured:
        index = content_index()
        for role, kind in product(ROLES, KINDS):
            assert ranked(index, kind, standing(role=role, phases="induction"))
    return len(captured)


def test_ranking_costs_the_same_queries_with_three_times_the_rules(index):
    touch_content()
    few = queries_of_ranking()
    rules = list(RelevanceRule.objects.all())
    for rule in rules:
        rule.pk = None
    RelevanceRule.objects.bulk_create(rules)
    for rule in rules:
        rule.pk = None
    RelevanceRule.objects.bulk_create(rules)
    touch_content()
    assert RelevanceRule.objects.count() == 3 * len(rules)
    assert queries_of_ranking() == few


def test_ranking_again_asks_only_whether_the_content_changed(index):
    with CaptureQueriesContext(connection) as captured:
        content_index().topics_for(standing(phases="maintenance"))
    assert len(captured) == 1
