"""Addresses of people's records: the journey stands in the path, never in the session."""

from django.urls import path

from journeys.views import (
    access_log,
    accounts,
    after_treatment,
    appointments,
    calendar_feed,
    care_team,
    check_ins,
    doctor_codes,
    doses,
    earlier,
    emergency_card,
    exports,
    journeys,
    labs,
    medicines,
    notes,
    offline_check_in,
    procedures,
    question_visits,
    questions,
    reminders,
    shares,
    stages,
    summaries,
    timeline,
    treatments,
    trends,
)
from journeys.views import today as today_views

app_name = "journeys"

J = "journeys/<uuid:journey_id>/"
C = f"{J}check-ins/"
A = f"{J}appointments/"
L = f"{J}labs/"
M = f"{J}medicines/"
N = f"{J}notes/"
T = f"{J}care-team/"
P = f"{J}treatment/"
Q = f"{J}questions/"
S = f"{J}sharing/"

urlpatterns = [
    path("home/", today_views.home, name="home"),
    path("profile/", journeys.profile, name="profile"),
    path("profile/delete/", accounts.account_delete, name="account_delete"),
    path("profile/agreements/", accounts.account_agreements, name="account_agreements"),
    path("profile/going/", accounts.account_going, name="account_going"),
    path("journeys/", journeys.journey_list, name="journey_list"),
    path("journeys/start/", journeys.journey_start, name="journey_start"),
    path("journeys/keep/", journeys.journey_keep, name="journey_keep"),
    path("invitations/<str:token>/", shares.invitation, name="invitation"),
    path("show/<str:token>/", doctor_codes.doctor_code, name="doctor_code"),
    path("calendar/<str:token>.ics", calendar_feed.calendar_feed_file, name="calendar_feed_file"),
    path("mails/stop/<str:token>/", reminders.stop_mail, name="stop_mail"),
    # The journey itself
    path(J, today_views.today, name="today"),
    path(f"{J}welcome/", journeys.welcome, name="welcome"),
    path(f"{J}call/", journeys.red_path, name="red_path"),
    path(f"{J}settings/", journeys.journey_detail, name="journey_detail"),
    path(f"{J}settings/status/", journeys.journey_status, name="journey_status"),
    path(f"{J}settings/name/", journeys.journey_edit, {"part": "name"}, name="journey_name"),
    path(
        f"{J}settings/numbers/", journeys.journey_edit, {"part": "numbers"}, name="journey_numbers"
    ),
    path(f"{J}settings/limit/", journeys.journey_edit, {"part": "limit"}, name="journey_limit"),
    path(f"{J}settings/reminders/", reminders.reminder_edit, name="reminder_edit"),
    # Who sees it
    path(S, shares.share_list, name="share_list"),
    path(f"{S}add/", shares.share_add, name="share_add"),
    path(f"{S}stop/", shares.share_revoke_all, name="share_revoke_all"),
    path(f"{S}leave/", shares.share_leave, name="share_leave"),
    path(f"{S}hand-over/", shares.hand_over, name="hand_over"),
    path(f"{S}<uuid:share_id>/edit/", shares.share_edit, name="share_edit"),
    path(f"{S}<uuid:share_id>/agree/", shares.share_agree, name="share_agree"),
    path(f"{S}<uuid:share_id>/renew/", shares.share_renew, name="share_renew"),
    path(f"{S}<uuid:share_id>/narrow/", shares.share_narrow, name="share_narrow"),
    path(f"{S}<uuid:share_id>/revoke/", shares.share_revoke, name="share_revoke"),
    path(f"{J}log/", access_log.access_log, name="access_log"),
    path(f"{J}log/file/", access_log.access_log_file, name="access_log_file"),
    path(f"{J}log/not-me/", access_log.access_log_not_me, name="access_log_not_me"),
    # Stage and recent treatment
    path(f"{J}stage/", stages.stage_detail, name="stage_detail"),
    path(f"{J}stage/add/", stages.stage_add, name="stage_add"),
    path(f"{J}stage/<uuid:stage_id>/correct/", stages.stage_correct, name="stage_correct"),
    path(f"{J}recent/", treatments.treatment_edit, name="treatment_edit"),
    # Check-ins
    path(C, check_ins.check_in_list, name="check_in_list"),
    path(f"{C}add/", check_ins.check_in_add, name="check_in_add"),
    path(f"{C}draft/", check_ins.check_in_draft, name="check_in_draft"),
    path(f"{C}offline/", offline_check_in.check_in_offline, name="check_in_offline"),
    path(f"{C}<uuid:check_in_id>/", check_ins.check_in_detail, name="check_in_detail"),
    path(f"{C}<uuid:check_in_id>/edit/", check_ins.check_in_edit, name="check_in_edit"),
    path(f"{C}<uuid:check_in_id>/delete/", check_ins.check_in_delete, name="check_in_delete"),
    path(f"{C}<uuid:check_in_id>/restore/", check_ins.check_in_restore, name="check_in_restore"),
    # How it went
    path(f"{J}trends/", trends.trend_list, name="trend_list"),
    path(f"{J}trends/weight/", trends.weight_detail, name="weight_detail"),
    path(f"{J}trends/<int:symptom>/", trends.trend_detail, name="trend_detail"),
    # Appointments
    path(A, appointments.appointment_list, name="appointment_list"),
    path(f"{A}add/", appointments.appointment_add, name="appointment_add"),
    path(f"{A}month/", appointments.appointment_month, name="appointment_month"),
    path(f"{A}calendar/", calendar_feed.calendar_feed, name="calendar_feed"),
    path(
        f"{A}calendar/<uuid:feed_id>/end/",
        calendar_feed.calendar_feed_end,
        name="calendar_feed_end",
    ),
    path(f"{A}<uuid:appointment_id>/", appointments.appointment_detail, name="appointment_detail"),
    path(f"{A}<uuid:appointment_id>/edit/", appointments.appointment_edit, name="appointment_edit"),
    path(
        f"{A}<uuid:appointment_id>/file/",
        calendar_feed.appointment_file,
        name="appointment_file",
    ),
    path(
        f"{A}<uuid:appointment_id>/look-back/",
        appointments.appointment_look_back,
        name="appointment_look_back",
    ),
    path(
        f"{A}<uuid:appointment_id>/call-off/",
        appointments.appointment_call_off,
        name="appointment_call_off",
    ),
    path(
        f"{A}<uuid:appointment_id>/delete/",
        appointments.appointment_delete,
        name="appointment_delete",
    ),
    path(
        f"{A}<uuid:appointment_id>/restore/",
        appointments.appointment_restore,
        name="appointment_restore",
    ),
    # Care team and emergency card
    path(T, care_team.care_member_list, name="care_member_list"),
    path(f"{T}add/", care_team.care_member_add, name="care_member_add"),
    path(f"{T}<uuid:member_id>/edit/", care_team.care_member_edit, name="care_member_edit"),
    path(
        f"{T}<uuid:member_id>/coordinates/",
        care_team.care_member_coordinates,
        name="care_member_coordinates",
    ),
    path(f"{T}<uuid:member_id>/up/", care_team.care_member_up, name="care_member_up"),
    path(f"{T}<uuid:member_id>/delete/", care_team.care_member_delete, name="care_member_delete"),
    path(
        f"{T}<uuid:member_id>/restore/", care_team.care_member_restore, name="care_member_restore"
    ),
    path(f"{J}card/", emergency_card.card_detail, name="card_detail"),
    path(f"{J}card/edit/", emergency_card.card_edit, name="card_edit"),
    # Questions
    path(Q, questions.question_list, name="question_list"),
    path(f"{Q}show/", questions.question_show, name="question_show"),
    path(f"{Q}search/", questions.question_search, name="question_search"),
    path(f"{Q}carry/", question_visits.question_carry, name="question_carry"),
    path(f"{Q}add/", questions.question_add, name="question_add"),
    path(f"{Q}take/", questions.question_take, name="question_take"),
    path(f"{Q}<uuid:question_id>/edit/", questions.question_edit, name="question_edit"),
    path(f"{Q}<uuid:question_id>/star/", questions.question_star, name="question_star"),
    path(f"{Q}<uuid:question_id>/visit/", question_visits.question_attach, name="question_attach"),
    path(f"{Q}<uuid:question_id>/move/", question_visits.question_move, name="question_move"),
    path(f"{Q}<uuid:question_id>/delete/", questions.question_delete, name="question_delete"),
    path(f"{Q}<uuid:question_id>/restore/", questions.question_restore, name="question_restore"),
    # Lab results
    path(L, labs.lab_list, name="lab_list"),
    path(f"{L}add/", labs.lab_add, name="lab_add"),
    path(f"{L}<uuid:report_id>/", labs.lab_detail, name="lab_detail"),
    path(f"{L}<uuid:report_id>/edit/", labs.lab_edit, name="lab_edit"),
    path(f"{L}<uuid:report_id>/delete/", labs.lab_delete, name="lab_delete"),
    path(f"{L}<uuid:report_id>/restore/", labs.lab_restore, name="lab_restore"),
    path(f"{L}of/<int:lab>/", labs.lab_trend_detail, name="lab_trend_detail"),
    # Medicines
    path(M, medicines.medicine_list, name="medicine_list"),
    path(f"{M}add/", medicines.medicine_add, name="medicine_add"),
    path(f"{M}doses/", doses.dose_list, name="dose_list"),
    path(f"{M}doses/<uuid:dose_id>/delete/", doses.dose_delete, name="dose_delete"),
    path(f"{M}<uuid:medicine_id>/", medicines.medicine_detail, name="medicine_detail"),
    path(f"{M}<uuid:medicine_id>/edit/", medicines.medicine_edit, name="medicine_edit"),
    path(f"{M}<uuid:medicine_id>/dose/", medicines.dose_change, name="dose_change"),
    path(f"{M}<uuid:medicine_id>/write/", doses.dose_write, name="dose_write"),
    path(f"{M}<uuid:medicine_id>/delete/", medicines.medicine_delete, name="medicine_delete"),
    path(f"{M}<uuid:medicine_id>/restore/", medicines.medicine_restore, name="medicine_restore"),
    # The treatment log
    path(P, procedures.procedure_list, name="procedure_list"),
    path(f"{P}add/", procedures.procedure_add, name="procedure_add"),
    path(f"{P}<uuid:procedure_id>/edit/", procedures.procedure_edit, name="procedure_edit"),
    path(f"{P}<uuid:procedure_id>/delete/", procedures.procedure_delete, name="procedure_delete"),
    path(
        f"{P}<uuid:procedure_id>/restore/", procedures.procedure_restore, name="procedure_restore"
    ),
    path(f"{J}earlier/<uuid:record_id>/", earlier.earlier, name="earlier"),
    path(f"{J}timeline/", timeline.timeline, name="timeline"),
    # What the doctor should know
    path(f"{J}summary/", summaries.summary, name="summary"),
    path(f"{J}summary/pdf/", summaries.summary_pdf, name="summary_pdf"),
    path(f"{J}summary/show/", doctor_codes.doctor_code_make, name="doctor_code_make"),
    path(f"{J}summary/show/end/", doctor_codes.doctor_code_end, name="doctor_code_end"),
    path(f"{J}after/", after_treatment.after_detail, name="after_detail"),
    path(f"{J}after/edit/", after_treatment.after_edit, name="after_edit"),
    # Notes
    path(N, notes.note_list, name="note_list"),
    path(f"{N}add/", notes.note_add, name="note_add"),
    path(f"{N}<uuid:note_id>/edit/", notes.note_edit, name="note_edit"),
    path(f"{N}<uuid:note_id>/delete/", notes.note_delete, name="note_delete"),
    path(f"{N}<uuid:note_id>/restore/", notes.note_restore, name="note_restore"),
    # Everything, to take along
    path(f"{J}export/", exports.export, name="export"),
    path(f"{J}export/json/", exports.export_json, name="export_json"),
]
