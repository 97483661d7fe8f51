"""The pages that tests walk through, with records on them."""

from datetime import date, timedelta

from django.utils import timezone

from content.models import Topic
from journeys.emails import stop_token
from journeys.models import Journey
from tests.factories import (
    make_appointment,
    make_care_member,
    make_check_in,
    make_corrected_note,
    make_doctor_code,
    make_dose,
    make_emergency_card,
    make_lab_report,
    make_medicine,
    make_note,
    make_procedure,
    make_question,
    make_reminder_choice,
    make_share,
    make_stage,
    make_user,
)
from tests.world import url

PUBLIC = {
    "landing": "/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
    "when to call": "/call/",
    "guide": "/guide/",
    "section": "/guide/treatment-options/",
    "topic": "/guide/overview/what-is-all/",
    "search": "/search/?q=leukaemia",
    "nothing found": "/search/?q=zzzz",
    "glossary": "/glossary/",
    "term": "/glossary/leukemia/",
    "symptoms": "/symptoms/",
    "symptom": "/symptoms/fever/",
    "sources": "/sources/",
    "changes": "/changes/",
    "lab values": "/labs/",
    "lab value": "/labs/neutrophils/",
    "guide to medicines": "/medicines/",
    "guide to a medicine": "/medicines/mercaptopurine/",
    "phases": "/phases/",
    "phase": "/phases/induction/",
    "kinds of visits": "/visits/",
    "kind of visit": "/visits/lumbar-puncture/",
    "report of a mistake": "/report/topic/what-is-all/",
    "privacy": "/about/privacy/",
    "no signal": "/offline/",
}
ACCOUNT = {
    "e-mail": "/accounts/email/",
    "password": "/accounts/password/change/",
    "protection": "/accounts/2fa/",
    "sessions": "/accounts/sessions/",
    "sign out": "/accounts/logout/",
    "name and zone": "/profile/",
    "journeys": "/journeys/",
    "journey for somebody": "/journeys/keep/",
    "delete the account": "/profile/delete/",
    "agreements": "/profile/agreements/",
}
MAIN = {
    "landing", "sign-up", "when to call", "topic", "search", "today", "check-in", "result",
    "questions", "appointment",
}  # fmt: skip


def fill(journey: Journey) -> dict[str, str]:
    """Write a few days into the journey and return its pages by name."""
    make_stage(
        journey=journey,
        classification="newly-diagnosed",
        phase="before",
        started_on=date(2026, 1, 5),
    )
    stage = make_stage(journey=journey, classification="newly-diagnosed", phase="induction")
    result = make_check_in(journey=journey, temperature="38.4", mouth_sores=2, note="A note.")
    make_check_in(journey=journey, tired=1, weight=("70", "kg"))
    appointment = make_appointment(journey=journey, kind="lumbar-puncture", phone="+43 1 000 0002")
    question = make_question(journey=journey, starred=True)
    make_question(journey=journey, answer="Yes.", answered_on=timezone.localdate())
    over = make_appointment(journey=journey, day=timezone.localdate() - timedelta(days=7))
    for visit in (appointment, appointment, over):
        make_question(journey=journey, appointment=visit)
    member = make_care_member(journey=journey, night_number="+43 1 000 0003")
    make_emergency_card(journey=journey)
    medicine = make_medicine(journey=journey)
    make_dose(journey=journey, medicine=medicine, outcome="missed")
    make_medicine(journey=journey, name="Ondansetron", schedule="as-needed")
    report = make_lab_report(journey=journey)
    corrected = make_corrected_note(journey=journey)
    note = make_note(journey=journey)
    share = make_share(journey=journey, user=make_user(name="Vera Viewer"))
    make_doctor_code(journey=journey, code="a-code")
    make_reminder_choice(journey=journey)
    block = make_procedure(journey=journey, kind="block", name="Block 2")
    make_procedure(journey=journey, kind="marrow-test", result="In remission")
    make_appointment(
        journey=journey,
        kind="lumbar-puncture",
        day=timezone.localdate() - timedelta(days=2),
    )
    journey.cancer_line, journey.emergency_number = "+43 1 000 0001", "144"
    journey.save()
    home = f"/journeys/{journey.pk}/"
    return {
        "medicines": f"{home}medicines/",
        "doses": f"{home}medicines/doses/",
        "medicine": f"{home}medicines/{medicine.pk}/",
        "medicine form": f"{home}medicines/add/",
        "dose form": f"{home}medicines/{medicine.pk}/dose/",
        "treatment log": f"{home}treatment/",
        "treatment log kinds": f"{home}treatment/add/",
        "treatment log form": f"{home}treatment/{block.pk}/edit/",
        "timeline": f"{home}timeline/",
        "trends": f"{home}trends/",
        "trend": url("trend_detail", journey_id=journey.pk, symptom="mouth-sores"),
        "weight": f"{home}trends/weight/",
        "labs": f"{home}labs/",
        "lab form": f"{home}labs/add/",
        "lab trend": url("lab_trend_detail", journey_id=journey.pk, lab="neutrophils"),
        "notes": f"{home}notes/",
        "note form": f"{home}notes/add/",
        "earlier": f"{home}earlier/{corrected.pk}/",
        "after": f"{home}after/",
        "after form": f"{home}after/edit/",
        "summary": f"{home}summary/",
        "reminders": f"{home}settings/reminders/",
        "who looked": f"{home}log/",
        "shut out": f"{home}log/not-me/",
        "sharing": f"{home}sharing/",
        "sharing form": f"{home}sharing/add/",
        "share": f"{home}sharing/{share.pk}/edit/",
        "doctor's code": url("doctor_code", token="a-code"),
        "end of mails": url("stop_mail", token=stop_token(journey.pk, journey.owner_id)),
        "appointment correction": f"{home}appointments/{appointment.pk}/edit/",
        "lab report": f"{home}labs/{report.pk}/",
        "lab correction": f"{home}labs/{report.pk}/edit/",
        "medicine correction": f"{home}medicines/{medicine.pk}/edit/",
        "note correction": f"{home}notes/{note.pk}/edit/",
        "care team entry": f"{home}care-team/add/",
        "today": home,
        "welcome": f"{home}welcome/",
        "my numbers": f"{home}call/",
        "settings": f"{home}settings/",
        "status": f"{home}settings/status/",
        "name": f"{home}settings/name/",
        "numbers": f"{home}settings/numbers/",
        "limit": f"{home}settings/limit/",
        "stage": f"{home}stage/",
        "stage form": f"{home}stage/add/",
        "stage correction": f"{home}stage/{stage.pk}/correct/",
        "recent treatment": f"{home}recent/",
        "check-ins": f"{home}check-ins/",
        "check-in": f"{home}check-ins/add/",
        "check-in without a signal": f"{home}check-ins/offline/",
        "result": f"{home}check-ins/{result.pk}/",
        "correction": f"{home}check-ins/{result.pk}/edit/",
        "appointments": f"{home}appointments/",
        "appointment form": f"{home}appointments/add/",
        "appointment": f"{home}appointments/{appointment.pk}/",
        "appointments of a month": f"{home}appointments/month/",
        "calendars": f"{home}appointments/calendar/",
        "after the visit": f"{home}appointments/{over.pk}/look-back/",
        "questions": f"{home}questions/",
        "questions to show": f"{home}questions/show/",
        "search of questions": f"{home}questions/search/",
        "question form": f"{home}questions/add/",
        "answer form": f"{home}questions/{question.pk}/edit/",
        "care team": f"{home}care-team/",
        "care team form": f"{home}care-team/{member.pk}/edit/",
        "emergency card": f"{home}card/",
        "emergency card form": f"{home}card/edit/",
        "export": f"{home}export/",
    }


def topics() -> dict[str, str]:
    """Return the addresses of all topics of the guide."""
    return {topic.slug: topic.get_absolute_url() for topic in Topic.objects.all()}
