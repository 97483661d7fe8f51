"""Each control with the way to switch it off and the test that must then fail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.utils import timezone

from journeys import access, audit, check_in_page, guidance, records
from journeys.access import ROLE_PERMISSIONS, Access, Permission
from journeys.actions import shares as sharing
from journeys.forms.check_ins import CheckInForm
from journeys.models import Area, Journey, Role, Share, StageEntry, SymptomEntry
from journeys.models import base as base_models
from journeys.models import shares as share_models
from journeys.models.base import RecordQuerySet
from journeys.models.journeys import JourneyQuerySet
from journeys.models.shares import ShareQuerySet
from journeys.models.symptoms import CheckInQuerySet

Switch = Callable[[], None]
OUTSIDE = "tests/test_access_matrix.py::test_nobody_outside_gets_in_by_any_role"
TABLE = "tests/test_access_matrix.py::test_the_answers_are_those_of_the_table"
TWINS = (
    "tests/test_twin_journeys.py::test_a_viewer_cannot_tell_what_is_hidden_from_what_is_not_there"
)
HEADERS = "tests/careguide/test_middleware.py"
VIEWS = "tests/journeys/views"
AUDIT = "tests/journeys/test_audit.py"


@dataclass(frozen=True)
class Control:
    switch_off: Switch
    noticed_by: str


def put(owner: Any, name: str, instead: Any) -> Switch:
    return lambda: setattr(owner, name, instead)


def without_middleware(path: str) -> Switch:
    def switch_off() -> None:
        assert path in settings.MIDDLEWARE
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != path]

    return switch_off


def granted(role: str, permission: Permission) -> Switch:
    return lambda: ROLE_PERMISSIONS.update({role: ROLE_PERMISSIONS[role] | {permission}})


def active_but(left_out: str) -> Switch:
    def active(self: ShareQuerySet, at: Any) -> ShareQuerySet:
        counts = {"accepted_at__lte": at, "revoked_at": None, "ends_at__gt": at}
        del counts[left_out]
        return self.filter(**counts)

    return put(ShareQuerySet, "active", active)


def invited_but(*left_out: str) -> Switch:
    def invited(self: ShareQuerySet, token: str, at: Any) -> ShareQuerySet:
        counts = {
            "token_hash": share_models.hash_token(token),
            "user": None,
            "revoked_at": None,
            "invited_at__gt": at - share_models.INVITATION_LASTS,
            "ends_at__gt": at,
        }
        return self.filter(**{name: row for name, row in counts.items() if name not in left_out})

    return put(ShareQuerySet, "invited", invited)


def everybody_sees_every_journey() -> None:
    JourneyQuerySet.visible_to = lambda self, user: self.all()


def staff_may_join() -> None:
    def visible_to(self: JourneyQuerySet, user: Any) -> JourneyQuerySet:
        shared = Share.objects.active(timezone.now()).filter(user=user).values("journey_id")
        return self.filter(Q(owner=user) | Q(pk__in=shared))

    def access_for(user: Any, journey: Journey) -> Access | None:
        share = access.share_of(user, journey)
        return Access(user, journey, share.role, frozenset(share.areas)) if share else None

    JourneyQuerySet.visible_to, access.access_for = visible_to, access_for


def links_work_again() -> None:
    accept = sharing.accept

    def accept_and_keep(*, share: Share, by: Any) -> bool:
        secret = share.token_hash
        counts = accept(share=share, by=by)
        Share.objects.filter(pk=share.pk).update(token_hash=secret)
        return counts

    sharing.accept = accept_and_keep
    invited_but("user")()


def any_address_will_do() -> None:
    accept = sharing.accept

    def accept_anybody(*, share: Share, by: Any) -> bool:
        share.invited_email = by.email.lower()
        return accept(share=share, by=by)

    sharing.accept = accept_anybody


def tokens_in_the_clear() -> None:
    share_models.hash_token = sharing.hash_token = lambda token: token


def mood_in_check_ins() -> None:
    show = check_in_page.show_check_in

    def show_all(check_in: Any, reader: Access, rules: Any) -> Any:
        everything = frozenset(Area.values)
        return show(check_in, Access(reader.user, reader.journey, reader.role, everything), rules)

    check_in_page.show_check_in = show_all


def mood_in_forms() -> None:
    init = CheckInForm.__init__

    def init_with_all(self: CheckInForm, *args: Any, areas: Any, **kwargs: Any) -> None:
        init(self, *args, areas=frozenset(Area.values), **kwargs)

    CheckInForm.__init__ = init_with_all


def stage_for_everybody(reader: Access, on: Any = None) -> StageEntry | None:
    return StageEntry.current(reader.journey, on or timezone.localdate())


def symptoms_for_everybody(reader: Access, at: Any) -> frozenset[str]:
    entries = SymptomEntry.objects.filter(journey=reader.journey)
    return frozenset(entries.values_list("symptom", flat=True))


def create_twice(self: RecordQuerySet, *, journey: Journey, client_id: Any, **fields: Any) -> Any:
    return self.create(journey=journey, **fields), True


def last_one_wins(record: Any, *, by: Any, expected_version: int) -> None:
    record.save()


def for_staff_too(view: Any) -> Any:
    view.policy = ("signed-in", None)
    return view


# Name: (how it is switched off, the test that notices).
_ALL: dict[str, tuple[Switch, str]] = {
    # Who gets in
    "sign-in is required": (
        without_middleware("django.contrib.auth.middleware.LoginRequiredMiddleware"),
        f"{OUTSIDE}[anonymous]",
    ),
    "accounts can be switched off": (
        put(ModelBackend, "user_can_authenticate", lambda self, user: True),
        f"{OUTSIDE}[inactive]",
    ),
    "journeys are listed for their members only": (
        everybody_sees_every_journey,
        f"{VIEWS}/test_shares.py::test_another_patient_is_not_told_of_a_journey",
    ),
    "a share ends on its last day": (active_but("ends_at__gt"), f"{OUTSIDE}[expired]"),
    "a revoked share does not count": (active_but("revoked_at"), f"{OUTSIDE}[revoked]"),
    "a share counts once it was accepted": (active_but("accepted_at__lte"), f"{OUTSIDE}[waiting]"),
    "staff join no journey": (staff_may_join, f"{OUTSIDE}[superuser]"),
    "staff have no pages of patients": (
        put(access, "signed_in", for_staff_too),
        f"{TABLE}_for_everybody[journey_list]",
    ),
    # What they may do
    "a role has its permissions only": (
        put(Access, "can", lambda self, permission, area=None: area is None or self.sees(area)),
        f"{TABLE}[question_add]",
    ),
    "a hidden area is absent": (
        put(Access, "sees", lambda self, area: True),
        "tests/test_access_matrix.py::test_a_hidden_area_answers_like_an_absent_journey",
    ),
    "contributors correct their own entries only": (
        put(Access, "can_edit", lambda self, record, area: True),
        f"{VIEWS}/test_questions.py::test_contributor_corrects_own_questions_only",
    ),
    "only the owner shares": (
        granted(Role.CONTRIBUTOR, Permission.SHARE),
        f"{VIEWS}/test_shares.py::test_only_the_owner_sees_who_can_see",
    ),
    "only the owner exports": (
        granted(Role.MANAGER, Permission.EXPORT),
        f"{VIEWS}/test_exports.py::test_not_even_a_manager_takes_everything_along",
    ),
    # What they see
    "an entry for its author only is hidden": (
        put(RecordQuerySet, "not_hidden_from", lambda self, user: self),
        f"{VIEWS}/test_questions.py::test_a_question_for_its_author_only_is_hidden_from_others",
    ),
    "a deleted entry is gone": (
        put(RecordQuerySet, "present", lambda self: self.all()),
        f"{VIEWS}/test_questions.py::test_a_deleted_question_can_be_taken_back_for_a_day",
    ),
    "a deletion is final after a day": (
        put(base_models, "UNDO_FOR", timedelta(days=9999)),
        f"{VIEWS}/test_questions.py::test_after_a_day_a_deletion_stays",
    ),
    "mood is left out of check-ins": (
        mood_in_check_ins,
        f"{VIEWS}/test_check_in_changes.py::test_mood_is_hidden_from_whom_it_is_not_shared_with",
    ),
    "mood is left out of forms": (
        mood_in_forms,
        f"{VIEWS}/test_check_in_changes.py::test_mood_is_hidden_from_whom_it_is_not_shared_with",
    ),
    "a check-in of mood alone is absent": (
        put(CheckInQuerySet, "within", lambda self, areas: self),
        f"{TWINS}[mood]",
    ),
    "the stage stays out of reasons": (
        put(guidance, "current_stage", stage_for_everybody),
        f"{TWINS}[stage]",
    ),
    "symptoms stay out of reasons": (
        put(guidance, "recent_symptoms", symptoms_for_everybody),
        f"{TWINS}[symptoms]",
    ),
    # What is written down
    "looks are logged": (
        put(audit, "record", lambda **look: None),
        f"{AUDIT}::test_a_page_of_several_areas_logs_each_once",
    ),
    "looks of one quarter of an hour are one": (
        put(audit, "READS_COUNT_ONCE_FOR", timedelta(0)),
        f"{AUDIT}::test_a_page_of_several_areas_logs_each_once",
    ),
    "two taps make one entry": (
        put(RecordQuerySet, "create_once", create_twice),
        f"{VIEWS}/test_questions.py::test_two_taps_make_one_question",
    ),
    "nobody overwrites another": (
        put(records, "change", last_one_wins),
        f"{VIEWS}/test_questions.py::test_two_people_who_edit_at_once_both_see_their_words",
    ),
    # Invitations
    "an invitation expires": (
        invited_but("invited_at__gt"),
        f"{VIEWS}/test_shares.py::test_links_that_are_used_ended_expired_or_made_up_look_alike",
    ),
    "a link needs its secret": (
        invited_but("token_hash"),
        f"{VIEWS}/test_shares.py::test_made_up_link_opens_nothing_while_an_invitation_is_open",
    ),
    "a link works once": (links_work_again, f"{VIEWS}/test_shares.py::test_link_works_once"),
    "a link is stored as a hash": (
        tokens_in_the_clear,
        f"{VIEWS}/test_shares.py::test_invitation_goes_out_by_mail_and_says_nothing_of_health",
    ),
    "another address waits for the owner": (
        any_address_will_do,
        f"{VIEWS}/test_shares.py::test_another_address_waits_for_the_owners_word",
    ),
    # Browsers
    "nothing private is kept by caches": (
        without_middleware("careguide.middleware.PrivateResponseMiddleware"),
        f"{HEADERS}::test_nothing_of_a_journey_is_kept_by_browser_or_proxy",
    ),
    "pages carry a content policy": (
        without_middleware("csp.middleware.CSPMiddleware"),
        f"{HEADERS}::test_every_answer_carries_the_content_policy_and_nothing_else[/]",
    ),
    "pages stand in no frame": (
        without_middleware("django.middleware.clickjacking.XFrameOptionsMiddleware"),
        f"{HEADERS}::test_every_answer_tells_browsers_to_be_careful[/]",
    ),
    "a post needs its token": (
        without_middleware("django.middleware.csrf.CsrfViewMiddleware"),
        "tests/test_policies.py::test_every_save_is_refused_without_the_token_of_its_page",
    ),
    "the session is out of reach of scripts": (
        put(settings, "SESSION_COOKIE_HTTPONLY", False),
        f"{HEADERS}::test_the_session_cookie_is_bound_too_and_ends_with_the_browser",
    ),
}
CONTROLS = {name: Control(*row) for name, row in _ALL.items()}
