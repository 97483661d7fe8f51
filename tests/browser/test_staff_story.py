"""The staff's story: a limit, a topic and a question are changed, and the patient sees it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from playwright.sync_api import Page, expect

from content.index import content_index
from content.models import SuggestedQuestion, SymptomThreshold, Topic
from content.relevance import StageContext
from journeys.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import code_now, heading, press, sign_in_by_password
from tests.content.admin_tools import change_url, make_editor, rule
from tests.factories import make_check_in, make_stage


@pytest.fixture(params=[PHONE, pytest.param(DESK, marks=pytest.mark.verify)], ids=["phone", "desk"])
def viewport(request) -> dict[str, int]:
    return request.param


def editor_named(name: str) -> User:
    user = make_editor(name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in_with_second_factor(page: Page, user: User) -> None:
    sign_in_by_password(page, user.email)
    secret = decrypt(Authenticator.objects.get(user=user).data["secret"])
    page.get_by_label("Code").fill(code_now(secret))
    press(page, "Sign in")
    heading(page, "Workshop of the guide")


@pytest.mark.verify
def test_staff_change_the_guide_and_the_patient_sees_it(
    open_page, viewport, sign_in, owner, journey
):
    make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    page, other, patient = (open_page(viewport=viewport) for _person in range(3))
    sign_in_with_second_factor(page, editor_named("Edi Editor"))
    topic = writes_a_topic_and_sees_it(page)
    question = rewords_a_question_and_sees_who_gets_it(page)
    threshold = asks_for_a_lower_limit(page)
    sign_in_with_second_factor(other, editor_named("Ola Other"))
    confirms(other)
    sign_in(patient, owner)
    meets_it_all(patient, journey, topic, question, threshold)


def writes_a_topic_and_sees_it(page: Page) -> Topic:
    topic = Topic.objects.get(slug="what-is-all")
    page.goto(topic.get_absolute_url())
    page.get_by_role("link", name="Edit this page").click()
    page.wait_for_load_state("networkidle")
    preview = page.get_by_role("region", name="How it will look").first
    expect(preview.get_by_role("heading").first).to_be_visible()
    page.get_by_label("Text:", exact=True).fill("## Fresh words\n\nThis line is **new**.")
    expect(preview.get_by_role("heading", name="Fresh words")).to_be_visible()
    expect(preview.get_by_role("meter", name="Reading grade")).to_be_visible()
    expect(preview).to_contain_text("Too short for a topic: 4 words")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Save and look at the page").click()
    expect(page.locator(".reading strong")).to_have_text("new")
    page.goto(change_url(topic, "history"))
    expect(page.locator("ins").first).to_contain_text("Fresh words")
    return topic


def rewords_a_question_and_sees_who_gets_it(page: Page) -> str:
    question = SuggestedQuestion.objects.get(slug=first_question())
    words = "Which of my medicines should I never take twice?"
    page.goto(change_url(question))
    page.get_by_label("Question:", exact=True).fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto("/admin/coverage/")
    page.get_by_role("link", name=re.compile("shown: Induction · Newly.*, patient")).click()
    row = page.get_by_role("listitem").filter(has_text=words)
    expect(row).to_contain_text("because you are in induction")
    return words


def first_question() -> str:
    context = StageContext(
        classifications=frozenset({"newly-diagnosed"}), phases=frozenset({"induction"})
    )
    return content_index().questions_for(context)[0].item.slug


def asks_for_a_lower_limit(page: Page) -> SymptomThreshold:
    threshold = SymptomThreshold.objects.filter(
        symptom__slug="fever", level="now", unit="C", value="38", when_window="", when_sign=""
    ).first()
    page.goto(change_url(threshold.symptom))
    page.locator(f"[name='{rule(threshold, 'value')}']").fill("37.8")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Waits until a second editor confirms it")).to_be_visible()
    page.goto("/admin/")
    waiting = page.get_by_role("region", name="Waits for a second editor")
    expect(waiting.get_by_role("button", name="Confirm")).to_have_count(0)
    return threshold


def confirms(page: Page) -> None:
    waiting = page.get_by_role("region", name="Waits for a second editor")
    expect(waiting).to_contain_text("38 → 37.8")
    waiting.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("In force now")).to_be_visible()


def meets_it_all(page, journey, topic, question, threshold) -> None:
    page.goto(topic.get_absolute_url())
    expect(page.get_by_role("heading", name="Fresh words")).to_be_visible()
    expect(page.get_by_text("Edit this page")).to_have_count(0)
    page.goto(f"/journeys/{journey.pk}/questions/")
    expect(page.get_by_text(question).first).to_be_visible()
    page.goto("/symptoms/fever/")
    expect(page.locator("section.level-now")).to_contain_text(re.compile(r"37\.80? °C or more"))
    threshold.refresh_from_db()
    check_in = make_check_in(journey=journey, temperature="37.8")
    page.goto(f"/journeys/{journey.pk}/check-ins/{check_in.pk}/")
    expect(page.locator("[data-level='now']")).to_be_visible()


def test_an_editor_sets_up_a_second_factor_before_the_first_page(page, base):
    user = editor_named("Edi New")
    Authenticator.objects.filter(user=user).delete()
    sign_in_by_password(page, user.email)
    heading(page, "Sign-in protection")
    expect(page.get_by_text("Please set up a second step first")).to_be_visible()
