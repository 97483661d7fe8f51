"""Each control with the way to switch it off and the test that must then fail."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import transaction

from careguide import idle
from journeys import access, audit, changes, guidance, records
from journeys.access import Access, Permission
from journeys.exports import csv_file
from journeys.models import Role, User
from journeys.models import base as base_models
from journeys.models.base import RecordQuerySet
from journeys.models.symptoms import CheckInQuerySet
from journeys.models.users import UserManager
from tests.controls.ways import (
    Clear,
    Switch,
    active_but,
    any_address_will_do,
    create_twice,
    everybody_sees_every_journey,
    feed_secrets_in_the_clear,
    feeds_outlive_their_share,
    feeds_tell_all,
    for_staff_too,
    granted,
    invited_but,
    last_one_wins,
    links_work_again,
    mood_in_check_ins,
    mood_in_forms,
    put,
    staff_may_join,
    stage_for_everybody,
    symptoms_for_everybody,
    tokens_in_the_clear,
    without_middleware,
)

OUTSIDE = "tests/test_access_matrix.py::test_nobody_outside_gets_in_by_any_role"
TABLE = "tests/test_access_matrix.py::test_the_answers_are_those_of_the_table"
FULL_TABLE = (
    "tests/test_access_matrix_in_full.py"
    "::test_everybody_gets_what_the_table_says_by_every_method_for_every_object"
)
TWINS = (
    "tests/test_twin_journeys.py::test_a_viewer_cannot_tell_what_is_hidden_from_what_is_not_there"
)
HEADERS = "tests/careguide/test_middleware.py"
VIEWS = "tests/journeys/views"
AUDIT = "tests/journeys/test_audit.py"
NOTED = "tests/journeys/test_what_is_noted.py"
FEEDS = f"{VIEWS}/test_calendar_feed.py"


@dataclass(frozen=True)
class Control:
    switch_off: Switch
    noticed_by: str


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
        f"{FULL_TABLE}[journey_list]",
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
    "a page that refuses something is logged": (
        put(access, "SHOWING", frozenset()),
        f"{NOTED}::test_a_summary_of_a_day_that_cannot_be_is_noted",
    ),
    "changes are logged as changes": (
        put(changes, "tables_of_records", frozenset),
        f"{AUDIT}::test_every_change_is_logged_for_itself",
    ),
    "what is refused is taken back": (
        put(transaction, "set_rollback", lambda rollback, using=None: None),
        f"{NOTED}::test_what_is_refused_is_not_half_written",
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
    # Calendars
    "a calendar dies with its share": (
        feeds_outlive_their_share,
        f"{FEEDS}::test_it_ends_with_the_share_and_a_new_share_does_not_wake_it",
    ),
    "the secret of a calendar is stored as a hash": (
        feed_secrets_in_the_clear,
        f"{FEEDS}::test_the_secret_is_kept_nowhere_and_shown_once",
    ),
    "a calendar says no more than was chosen": (
        feeds_tell_all,
        f"{FEEDS}::test_a_calendar_fetches_it_without_a_session",
    ),
    # Sign-ins
    "a sign-in that is not used ends": (
        without_middleware("careguide.idle.IdleMiddleware"),
        "tests/careguide/test_idle.py::test_what_a_page_sends_by_itself_keeps_nobody_signed_in",
    ),
    "what was being written is encrypted": (
        put(idle, "field_keys", Clear()),
        "tests/careguide/test_idle.py::test_it_lies_encrypted",
    ),
    "what was being written is its writer's": (
        put(idle, "_key", lambda user_id: "held"),
        "tests/careguide/test_idle.py::test_nobody_else_is_shown_it",
    ),
    "opening to others needs a proof": (
        put(access, "must_have_proved_it", lambda request: None),
        f"{VIEWS}/test_proof.py::test_each_of_them_asks_when_it_is_long_ago_and_not_when_just_done",
    ),
    # Leaving
    "an account that is going sees nothing": (
        put(User, "is_going", False),
        f"{VIEWS}/test_account_deletion.py::test_whatever_they_come_for_they_are_asked_about_it",
    ),
    "an account goes when its time has come": (
        put(UserManager, "to_delete", lambda self, at: self.exclude(delete_after=None)),
        f"{VIEWS}/test_account_deletion.py::test_it_is_gone_after_two_weeks_and_not_before",
    ),
    "no cell is a formula": (
        put(csv_file, "_safe", str),
        f"{VIEWS}/test_access_log.py::test_no_name_becomes_a_formula",
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
