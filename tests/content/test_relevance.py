"""Ranking by itself: which rule speaks for an item, in which order, and the reasons it gives."""

import pytest

from content.relevance import Item, Rule, StageContext, Words, by_reason, lead, rank

WORDS = Words(
    {
        "symptoms": {"fever": "you logged: Fever", "nausea": "you logged: Feeling sick"},
        "visit_kinds": {"infusion": "your next visit: Drip"},
        "phases": {"induction": "you are in induction", "not-known": "you have not said"},
        "classifications": {"recurrent": "your ALL has come back"},
        "subtypes": {"t-cell": "your ALL is the T-cell type"},
    },
    of_another={"phases": {"induction": "they are in induction"}},
)
SAYS_ALL = StageContext(
    classifications=frozenset({"recurrent"}),
    subtypes=frozenset({"t-cell"}),
    phases=frozenset({"induction"}),
    symptoms=frozenset({"fever", "nausea"}),
    visit_kinds=frozenset({"infusion"}),
)


def rule(weight, **wants):
    return Rule(weight, {name: frozenset(slugs.split()) for name, slugs in wants.items()})


def item(slug, *rules, order=10):
    return Item(slug=slug, title=slug.title(), order=order, rules=rules)


def ranked(*items, **context):
    sets = {
        name: value if name == "role" else frozenset(value.split())
        for name, value in context.items()
    }
    return rank(items, StageContext(**sets), WORDS)


def slugs(*items, **context):
    return [row.item.slug for row in ranked(*items, **context)]


def test_the_strongest_matching_rule_gives_the_weight():
    many = item("many", rule(30), rule(70, phases="induction"), rule(99, phases="transplant"))
    assert [row.weight for row in ranked(many, phases="induction")] == [70]


def test_the_heavier_item_leads_whatever_its_place():
    light, heavy = item("light", rule(50), order=1), item("heavy", rule(51), order=2)
    assert slugs(light, heavy) == ["heavy", "light"]


def test_of_equal_weights_the_more_specific_rule_leads():
    general = item("general", rule(90, phases="induction"), order=1)
    special = item("special", rule(90, phases="induction", roles="patient"), order=2)
    assert slugs(general, special, phases="induction") == ["special", "general"]


def test_of_equal_rules_of_one_item_the_more_specific_gives_the_reason():
    both = item(
        "both",
        rule(90, phases="induction"),
        rule(90, phases="induction", classifications="recurrent"),
    )
    (row,) = ranked(both, phases="induction", classifications="recurrent")
    assert row.reasons == ("you are in induction", "your ALL has come back")


def test_then_the_order_decides_and_then_the_slug():
    rows = [item("b", rule(50)), item("a", rule(50)), item("z", rule(50), order=5)]
    assert slugs(*rows) == ["z", "a", "b"]


def test_an_empty_rule_matches_everybody_and_an_item_without_rules_nobody():
    assert slugs(item("always", rule(30)), item("never")) == ["always"]
    assert slugs(item("always", rule(30)), role="caregiver", phases="after") == ["always"]


def test_inside_a_dimension_any_may_match_and_between_dimensions_all_must():
    picky = item("picky", rule(50, phases="before induction", roles="patient caregiver"))
    assert slugs(picky, phases="induction") == ["picky"]
    assert slugs(picky, phases="before", role="caregiver") == ["picky"]
    assert slugs(picky, phases="after") == []
    pickier = item("pickier", rule(50, phases="induction", classifications="recurrent"))
    assert slugs(pickier, phases="induction") == []
    assert slugs(pickier, phases="induction", classifications="recurrent") == ["pickier"]


def test_a_phase_that_runs_alongside_counts_as_well():
    tap, tablets = (
        item("tap", rule(60, phases="cns")),
        item("pills", rule(70, phases="maintenance")),
    )
    assert slugs(tap, tablets, phases="maintenance cns") == ["pills", "tap"]


@pytest.mark.parametrize("dimension", ["classifications", "subtypes", "phases"])
def test_not_known_matches_only_who_has_not_said(dimension):
    unknown = item("unknown", rule(50, **{dimension: "not-known"}))
    assert slugs(unknown) == ["unknown"]
    assert slugs(unknown, **{dimension: "something"}) == []


@pytest.mark.parametrize("dimension", ["symptoms", "visit_kinds"])
def test_no_symptom_and_no_visit_are_not_something_unknown(dimension):
    assert slugs(item("unknown", rule(50, **{dimension: "not-known"}))) == []


def test_a_rule_for_carers_is_not_for_patients():
    for_carers = item("care", rule(50, roles="caregiver"))
    assert slugs(for_carers, role="caregiver") == ["care"]
    assert slugs(for_carers) == []


@pytest.mark.parametrize(
    ("wants", "reasons"),
    [
        (
            {"symptoms": "fever", "phases": "induction"},
            ["you logged: Fever", "you are in induction"],
        ),
        (
            {"phases": "induction", "visit_kinds": "infusion"},
            ["your next visit: Drip", "you are in induction"],
        ),
        (
            {"classifications": "recurrent", "subtypes": "t-cell"},
            ["your ALL has come back", "your ALL is the T-cell type"],
        ),
        ({"subtypes": "t-cell"}, ["your ALL is the T-cell type"]),
        ({"roles": "patient"}, []),
        ({}, []),
    ],
)
def test_the_most_personal_reason_is_said_first(wants, reasons):
    (row,) = rank([item("one", rule(50, **wants))], SAYS_ALL, WORDS)
    assert list(row.reasons) == reasons


def test_no_more_than_two_reasons_are_said_and_one_of_a_dimension():
    full = rule(
        50,
        symptoms="fever nausea",
        visit_kinds="infusion",
        phases="induction",
        classifications="recurrent",
    )
    (row,) = rank([item("one", full)], SAYS_ALL, WORDS)
    assert row.reasons == ("you logged: Fever", "your next visit: Drip")


def test_who_has_not_said_is_told_so():
    (row,) = ranked(item("one", rule(50, phases="not-known")))
    assert row.reasons == ("you have not said",)


def test_a_carer_is_told_of_the_other_person_or_else_that_they_care():
    (row,) = ranked(item("one", rule(50, roles="caregiver")), role="caregiver")
    assert row.reasons == ("you care for someone",)
    (row,) = ranked(
        item("one", rule(50, roles="caregiver", phases="induction")),
        role="caregiver",
        phases="induction",
    )
    assert row.reasons == ("they are in induction",)


def test_each_reason_is_said_once_over_its_items():
    rows = ranked(
        item("a", rule(90, phases="induction")),
        item("b", rule(80)),
        item("c", rule(70, phases="induction")),
        phases="induction",
    )
    groups = [(said, [row.item.slug for row in of_it]) for said, of_it in by_reason(rows)]
    assert groups == [(("you are in induction",), ["a", "c"]), ((), ["b"])]


def test_logged_symptoms_lead_with_two_items_and_leave_room_for_the_stage():
    sick = [item(name, rule(96, symptoms="fever")) for name in ("a", "b", "c")]
    both = item("both", rule(96, symptoms="fever"), rule(92, phases="induction"))
    stage = item("stage", rule(95, phases="induction"))
    context = StageContext(phases=frozenset({"induction"}), symptoms=frozenset({"fever"}))
    rows = lead(lambda where: rank([*sick, both, stage], where, WORDS), context)
    assert [row.item.slug for row in rows] == ["a", "b", "stage", "both"]
    assert rows[-1].reasons == ("you are in induction",)
