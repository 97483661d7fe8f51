"""The table of who gets what answer at which address of people's records."""

from django.http import HttpResponse
from django.test import Client

from journeys.models import Area
from tests.visitors import client_of
from tests.world import PATTERNS, PEOPLE, TOKEN_ROUTES, Records, needs_journey, share

# What each answer is called in the table.
#   ok      the page, or on to the next page after a save
#   form    422, 409: may do this, but an empty form is not enough
#   login   sent to the sign-in            desk    staff, sent to the admin
#   call    sent to the public red path
#   none    404, as if it did not exist    no      403: sees it, may not do this
#   method  405
# Going: an account that waits to be deleted.
# No-area: a viewer who sees every area but the one of the page.
# No-areas: a manager from whom every area is hidden.
# Outside: an invitation or a share that waits, is revoked or expired; a stranger; staff, even with
# a share. An account that was switched off is nobody: it counts as anonymous.
TABLE = """
address              method  anonymous  owner   manager contributor viewer  no-area no-areas outside

home                 GET     login      ok      ok      ok          ok      ok      ok       ok
home                 POST    login      method  method  method      method  method  method   method
profile              GET     login      ok      ok      ok          ok      ok      ok       ok
profile              POST    login      ok      ok      ok          ok      ok      ok       ok
account_delete       GET     login      ok      ok      ok          ok      ok      ok       ok
account_delete       POST    login      ok      ok      ok          ok      ok      ok       ok
account_agreements   GET     login      ok      ok      ok          ok      ok      ok       ok
account_agreements   POST    login      ok      ok      ok          ok      ok      ok       ok
account_going        GET     login      ok      ok      ok          ok      ok      ok       ok
account_going        POST    login      ok      ok      ok          ok      ok      ok       ok
journey_list         GET     login      ok      ok      ok          ok      ok      ok       ok
journey_list         POST    login      method  method  method      method  method  method   method
journey_start        GET     login      method  method  method      method  method  method   method
journey_start        POST    login      ok      ok      ok          ok      ok      ok       ok
journey_keep         GET     login      ok      ok      ok          ok      ok      ok       ok
journey_keep         POST    login      form    form    form        form    form    form     form
invitation           GET     ok         ok      ok      ok          ok      ok      ok       ok
invitation           POST    ok         ok      ok      ok          ok      ok      ok       ok
doctor_code          GET     ok         ok      ok      ok          ok      ok      ok       ok
doctor_code          POST    ok         ok      ok      ok          ok      ok      ok       ok
calendar_feed_file   GET     ok         ok      ok      ok          ok      ok      ok       ok
calendar_feed_file   POST    method     method  method  method      method  method  method   method
stop_mail            GET     ok         ok      ok      ok          ok      ok      ok       ok
stop_mail            POST    ok         ok      ok      ok          ok      ok      ok       ok

today                GET     login      ok      ok      ok          ok      ok      ok       none
today                POST    login      method  method  method      method  method  method   method
welcome              GET     login      ok      ok      no          no      no      ok       none
welcome              POST    login      method  method  method      method  method  method   method
red_path             GET     call       ok      ok      ok          ok      ok      ok       none
red_path             POST    call       method  method  method      method  method  method   method
journey_detail       GET     login      ok      ok      ok          ok      ok      ok       none
journey_detail       POST    login      method  method  method      method  method  method   method
journey_status       GET     login      ok      no      no          no      no      no       none
journey_status       POST    login      form    no      no          no      no      no       none
journey_name         GET     login      ok      ok      no          no      no      ok       none
journey_name         POST    login      ok      ok      no          no      no      ok       none
journey_numbers      GET     login      ok      ok      no          no      no      ok       none
journey_numbers      POST    login      ok      ok      no          no      no      ok       none
journey_limit        GET     login      ok      ok      no          no      no      ok       none
journey_limit        POST    login      form    form    no          no      no      form     none
reminder_edit        GET     login      ok      ok      ok          ok      ok      ok       none
reminder_edit        POST    login      form    form    form        form    form    form     none

share_list           GET     login      ok      no      no          no      no      no       none
share_list           POST    login      method  method  method      method  method  method   method
share_add            GET     login      ok      no      no          no      no      no       none
share_add            POST    login      form    no      no          no      no      no       none
share_edit           GET     login      ok      no      no          no      no      no       none
share_edit           POST    login      form    no      no          no      no      no       none
share_agree          GET     login      method  method  method      method  method  method   method
share_agree          POST    login      ok      no      no          no      no      no       none
share_renew          GET     login      method  method  method      method  method  method   method
share_renew          POST    login      ok      no      no          no      no      no       none
share_narrow         GET     login      method  method  method      method  method  method   method
share_narrow         POST    login      ok      no      no          no      no      no       none
share_revoke         GET     login      method  method  method      method  method  method   method
share_revoke         POST    login      ok      no      no          no      no      no       none
share_revoke_all     GET     login      method  method  method      method  method  method   method
share_revoke_all     POST    login      ok      no      no          no      no      no       none
share_leave          GET     login      none    ok      ok          ok      ok      ok       none
share_leave          POST    login      none    ok      ok          ok      ok      ok       none
hand_over            GET     login      none    no      no          no      no      no       none
hand_over            POST    login      none    no      no          no      no      no       none
access_log           GET     login      ok      no      no          no      no      no       none
access_log           POST    login      method  method  method      method  method  method   method

access_log_file      GET     login      ok      no      no          no      no      no       none
access_log_file      POST    login      method  method  method      method  method  method   method
access_log_not_me    GET     login      ok      no      no          no      no      no       none
access_log_not_me    POST    login      ok      no      no          no      no      no       none

stage_detail         GET     login      ok      ok      ok          ok      none    none     none
stage_detail         POST    login      method  method  method      method  method  method   method
stage_add            GET     login      ok      ok      no          no      none    none     none
stage_add            POST    login      form    form    no          no      none    none     none
stage_correct        GET     login      ok      ok      no          no      none    none     none
stage_correct        POST    login      form    form    no          no      none    none     none
treatment_edit       GET     login      ok      ok      ok          no      none    none     none
treatment_edit       POST    login      ok      ok      ok          no      none    none     none

check_in_list        GET     login      ok      ok      ok          ok      none    none     none
check_in_list        POST    login      ok      ok      ok          ok      none    none     none
check_in_add         GET     login      ok      ok      ok          no      none    none     none
check_in_add         POST    login      form    form    form        no      none    none     none
check_in_draft       GET     login      method  method  method      method  method  method   method
check_in_draft       POST    login      ok      ok      ok          no      none    none     none
check_in_offline     GET     login      ok      ok      ok          no      none    none     none
check_in_offline     POST    login      method  method  method      method  method  method   method
check_in_detail      GET     login      ok      ok      ok          ok      none    none     none
check_in_detail      POST    login      method  method  method      method  method  method   method
check_in_edit        GET     login      ok      ok      no          no      none    none     none
check_in_edit        POST    login      form    form    no          no      none    none     none
check_in_delete      GET     login      method  method  method      method  method  method   method
check_in_delete      POST    login      ok      ok      no          no      none    none     none
check_in_restore     GET     login      method  method  method      method  method  method   method
check_in_restore     POST    login      ok      ok      no          no      none    none     none

trend_list           GET     login      ok      ok      ok          ok      none    none     none
trend_list           POST    login      method  method  method      method  method  method   method
trend_detail         GET     login      ok      ok      ok          ok      none    none     none
trend_detail         POST    login      method  method  method      method  method  method   method
weight_detail        GET     login      ok      ok      ok          ok      none    none     none
weight_detail        POST    login      method  method  method      method  method  method   method

doctor_code_make     GET     login      method  method  method      method  method  method   method
doctor_code_make     POST    login      ok      no      no          no      no      no       none
doctor_code_end      GET     login      method  method  method      method  method  method   method
doctor_code_end      POST    login      ok      no      no          no      no      no       none
after_detail         GET     login      ok      ok      ok          ok      none    none     none
after_detail         POST    login      method  method  method      method  method  method   method
after_edit           GET     login      ok      ok      no          no      none    none     none
after_edit           POST    login      ok      ok      no          no      none    none     none
earlier              GET     login      ok      ok      ok          ok      ok      none     none
earlier              POST    login      method  method  method      method  method  method   method
timeline             GET     login      ok      ok      ok          ok      ok      ok       none
timeline             POST    login      method  method  method      method  method  method   method
summary              GET     login      ok      ok      ok          ok      ok      ok       none
summary              POST    login      method  method  method      method  method  method   method
summary_pdf          GET     login      ok      ok      ok          ok      ok      ok       none
summary_pdf          POST    login      method  method  method      method  method  method   method

appointment_list     GET     login      ok      ok      ok          ok      none    none     none
appointment_list     POST    login      method  method  method      method  method  method   method
appointment_month    GET     login      ok      ok      ok          ok      none    none     none
appointment_month    POST    login      method  method  method      method  method  method   method
calendar_feed        GET     login      ok      ok      ok          ok      none    none     none
calendar_feed        POST    login      form    form    form        form    none    none     none
calendar_feed_end    GET     login      method  method  method      method  method  method   method
calendar_feed_end    POST    login      ok      none    none        none    none    none     none
appointment_add      GET     login      ok      ok      ok          no      none    none     none
appointment_add      POST    login      form    form    form        no      none    none     none
appointment_detail   GET     login      ok      ok      ok          ok      none    none     none
appointment_detail   POST    login      method  method  method      method  method  method   method
appointment_edit     GET     login      ok      ok      no          no      none    none     none
appointment_edit     POST    login      form    form    no          no      none    none     none
appointment_file     GET     login      ok      ok      ok          ok      none    none     none
appointment_file     POST    login      method  method  method      method  method  method   method
appointment_look_back GET    login      ok      ok      no          no      none    none     none
appointment_look_back POST   login      form    form    no          no      none    none     none
appointment_call_off GET     login      method  method  method      method  method  method   method
appointment_call_off POST    login      ok      ok      no          no      none    none     none
appointment_delete   GET     login      method  method  method      method  method  method   method
appointment_delete   POST    login      ok      ok      no          no      none    none     none
appointment_restore  GET     login      method  method  method      method  method  method   method
appointment_restore  POST    login      ok      ok      no          no      none    none     none

lab_list             GET     login      ok      ok      ok          ok      none    none     none
lab_list             POST    login      method  method  method      method  method  method   method
lab_add              GET     login      ok      ok      ok          no      none    none     none
lab_add              POST    login      form    form    form        no      none    none     none
lab_detail           GET     login      ok      ok      ok          ok      none    none     none
lab_detail           POST    login      method  method  method      method  method  method   method
lab_edit             GET     login      ok      ok      no          no      none    none     none
lab_edit             POST    login      form    form    no          no      none    none     none
lab_delete           GET     login      method  method  method      method  method  method   method
lab_delete           POST    login      ok      ok      no          no      none    none     none
lab_restore          GET     login      method  method  method      method  method  method   method
lab_restore          POST    login      ok      ok      no          no      none    none     none
lab_trend_detail     GET     login      ok      ok      ok          ok      none    none     none
lab_trend_detail     POST    login      method  method  method      method  method  method   method

medicine_list        GET     login      ok      ok      ok          ok      none    none     none
medicine_list        POST    login      method  method  method      method  method  method   method
medicine_add         GET     login      ok      ok      ok          no      none    none     none
medicine_add         POST    login      form    form    form        no      none    none     none
medicine_detail      GET     login      ok      ok      ok          ok      none    none     none
medicine_detail      POST    login      method  method  method      method  method  method   method
medicine_edit        GET     login      ok      ok      no          no      none    none     none
medicine_edit        POST    login      form    form    no          no      none    none     none
dose_change          GET     login      ok      ok      no          no      none    none     none
dose_change          POST    login      form    form    no          no      none    none     none
dose_list            GET     login      ok      ok      ok          ok      none    none     none
dose_list            POST    login      method  method  method      method  method  method   method
dose_write           GET     login      method  method  method      method  method  method   method
dose_write           POST    login      ok      ok      ok          no      none    none     none
dose_delete          GET     login      method  method  method      method  method  method   method
dose_delete          POST    login      ok      ok      no          no      none    none     none
medicine_delete      GET     login      method  method  method      method  method  method   method
medicine_delete      POST    login      ok      ok      no          no      none    none     none
medicine_restore     GET     login      method  method  method      method  method  method   method
medicine_restore     POST    login      ok      ok      no          no      none    none     none

procedure_list       GET     login      ok      ok      ok          ok      none    none     none
procedure_list       POST    login      method  method  method      method  method  method   method
procedure_add        GET     login      ok      ok      ok          no      none    none     none
procedure_add        POST    login      form    form    form        no      none    none     none
procedure_edit       GET     login      ok      ok      no          no      none    none     none
procedure_edit       POST    login      form    form    no          no      none    none     none
procedure_delete     GET     login      method  method  method      method  method  method   method
procedure_delete     POST    login      ok      ok      no          no      none    none     none
procedure_restore    GET     login      method  method  method      method  method  method   method
procedure_restore    POST    login      ok      ok      no          no      none    none     none

note_list            GET     login      ok      ok      ok          ok      none    none     none
note_list            POST    login      method  method  method      method  method  method   method
note_add             GET     login      ok      ok      ok          no      none    none     none
note_add             POST    login      form    form    form        no      none    none     none
note_edit            GET     login      ok      ok      no          no      none    none     none
note_edit            POST    login      form    form    no          no      none    none     none
note_delete          GET     login      method  method  method      method  method  method   method
note_delete          POST    login      ok      ok      no          no      none    none     none
note_restore         GET     login      method  method  method      method  method  method   method
note_restore         POST    login      ok      ok      no          no      none    none     none

care_member_list     GET     login      ok      ok      ok          ok      none    none     none
care_member_list     POST    login      method  method  method      method  method  method   method
care_member_add      GET     login      ok      ok      ok          no      none    none     none
care_member_add      POST    login      form    form    form        no      none    none     none
care_member_edit     GET     login      ok      ok      no          no      none    none     none
care_member_edit     POST    login      form    form    no          no      none    none     none
care_member_coordinates GET  login      method  method  method      method  method  method   method
care_member_coordinates POST login      ok      ok      no          no      none    none     none
care_member_up       GET     login      method  method  method      method  method  method   method
care_member_up       POST    login      ok      ok      no          no      none    none     none
care_member_delete   GET     login      method  method  method      method  method  method   method
care_member_delete   POST    login      ok      ok      no          no      none    none     none
care_member_restore  GET     login      method  method  method      method  method  method   method
care_member_restore  POST    login      ok      ok      no          no      none    none     none

card_detail          GET     login      ok      ok      ok          ok      none    none     none
card_detail          POST    login      method  method  method      method  method  method   method
card_edit            GET     login      ok      ok      no          no      none    none     none
card_edit            POST    login      ok      ok      no          no      none    none     none

question_list        GET     login      ok      ok      ok          ok      none    none     none
question_list        POST    login      method  method  method      method  method  method   method
question_show        GET     login      ok      ok      ok          ok      none    none     none
question_show        POST    login      method  method  method      method  method  method   method
question_search      GET     login      ok      ok      ok          ok      none    none     none
question_search      POST    login      ok      ok      ok          ok      none    none     none
question_carry       GET     login      method  method  method      method  method  method   method
question_carry       POST    login      ok      ok      ok          no      none    none     none
question_add         GET     login      ok      ok      ok          no      none    none     none
question_add         POST    login      form    form    form        no      none    none     none
question_take        GET     login      method  method  method      method  method  method   method
question_take        POST    login      ok      ok      ok          no      none    none     none
question_edit        GET     login      ok      ok      no          no      none    none     none
question_edit        POST    login      form    form    no          no      none    none     none
question_star        GET     login      method  method  method      method  method  method   method
question_star        POST    login      ok      ok      ok          no      none    none     none
question_attach      GET     login      method  method  method      method  method  method   method
question_attach      POST    login      ok      ok      ok          no      none    none     none
question_move        GET     login      method  method  method      method  method  method   method
question_move        POST    login      ok      ok      ok          no      none    none     none
question_delete      GET     login      method  method  method      method  method  method   method
question_delete      POST    login      ok      ok      no          no      none    none     none
question_restore     GET     login      method  method  method      method  method  method   method
question_restore     POST    login      ok      ok      no          no      none    none     none

export               GET     login      ok      no      no          no      no      no       none
export               POST    login      method  method  method      method  method  method   method
export_json          GET     login      method  method  method      method  method  method   method
export_json          POST    login      ok      no      no          no      no      no       none
"""

# Pages of an account rather than of a journey.
HOME_PAGES = {name for name in PATTERNS if not needs_journey(name)} - TOKEN_ROUTES
OUTSIDE = ("invited", "waiting", "revoked", "expired", "stranger", "editor", "superuser")
STAFF = ("editor", "superuser")


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    heading, *lines = [line.split() for line in TABLE.splitlines() if line.strip()]
    rows = {}
    for address, method, *answers in lines:
        row = dict(zip(heading[2:], answers, strict=True))
        outside = row.pop("outside")
        row |= {person: outside for person in OUTSIDE}
        row["inactive"] = row["anonymous"]
        # Whoever waits to be deleted is asked about that, whatever they came for.
        row["going"] = "method" if row["owner"] == "method" else "ok"
        if address in HOME_PAGES and outside != "method":
            # They are every patient's; staff have no journey of their own.
            row |= {person: "desk" if method == "GET" else "no" for person in STAFF}
        rows[address, method] = row
    return rows


ROWS = read_table()
ADDRESSES = sorted(PATTERNS)
EVERYBODY = ("no-area", *PEOPLE)


def area_of(address: str) -> str:
    """Return the area that the address belongs to, or "" for none."""
    return (PATTERNS[address].callback.policy[1] or "") if needs_journey(address) else ""


def come_as(person: str, world: Records, address: str) -> Client:
    if person == "no-area":
        areas = [area for area in Area.values if area != area_of(address)]
        return client_of(share(world.journey, role="viewer", areas=areas))
    return client_of(PEOPLE[person](world.journey))


def kind_of(response: HttpResponse) -> str:
    place = response.headers.get("Location") or response.headers.get("HX-Redirect")
    if place:
        if place == "/call/":
            return "call"
        return "login" if "/accounts/login/" in place else "desk" if "/admin/" in place else "ok"
    kinds = {200: "ok", 204: "ok", 409: "form", 422: "form", 403: "no", 404: "none", 405: "method"}
    return kinds.get(response.status_code, str(response.status_code))
