"""How long a sign-in lasts, and what was being written when it ended.

What was written is held for a day, encrypted, and shown to nobody but the person who wrote it.
"""

import enum
import json
import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import logout, user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse

from careguide import field_keys
from careguide.middleware import GetResponse

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
# Where the session keeps whose device it is, when it began and when it was last used.
DEVICE, BEGAN, SEEN, DRAFTS = "device", "began", "seen", "drafts"
# The address of the held form that this person was shown.
OFFERED = "held"
# A session is written this often at most, so that looking around costs no writing.
SEEN_COUNTS_FOR = 30
HELD_FOR = DAY
MOST_HELD = 60_000


class Device(enum.StrEnum):
    OWN = "own"
    SHARED = "shared"
    UNKNOWN = ""


@dataclass(frozen=True)
class Stay:
    """How many seconds a sign-in lasts unused, and at most."""

    idle: int
    whole: int


STAYS = {
    Device.OWN: Stay(idle=7 * DAY, whole=30 * DAY),
    Device.SHARED: Stay(idle=10 * MINUTE, whole=12 * HOUR),
    Device.UNKNOWN: Stay(idle=30 * MINUTE, whole=12 * HOUR),
}


@dataclass(frozen=True)
class Held:
    """A form that could not be sent: where to, and its fields."""

    path: str
    fields: QueryDict


def device_of(request: HttpRequest) -> Device:
    """Return whose device this sign-in is on. Staff work for others: theirs never lasts a week."""
    said = request.session.get(DEVICE, "")
    if said not in STAYS or (said == Device.OWN and request.user.is_staff):
        return Device.UNKNOWN
    return Device(said)


def end_with_the_browser_unless_own(request: HttpRequest) -> None:
    own = device_of(request) is Device.OWN
    request.session.set_expiry(STAYS[Device.OWN].whole if own else 0)


def begin(sender: Any, request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Start the clock of a sign-in, and give back the drafts of the one that ended."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    end_with_the_browser_unless_own(request)
    drafts = _read(_drafts_key(user.pk))
    if drafts:
        # They are in one place: else what is saved now would come back with the next sign-in.
        cache.delete(_drafts_key(user.pk))
        request.session[DRAFTS] = drafts


user_logged_in.connect(begin, dispatch_uid="careguide.idle")


class IdleMiddleware:
    """End a sign-in that was not used for too long, or that is too old; lose nothing written.

    It stands before `LoginRequiredMiddleware`, which then asks for the sign-in.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if self._is_over(request):
            user_id, written = request.user.pk, self._written(request)
            drafts = request.session.get(DRAFTS)
            logout(request)
            if written:
                hold(user_id, written)
            if drafts:
                _keep(_drafts_key(user_id), drafts)
            if (written or _leads_to_the_sign_in(request.path_info)) and held_for(user_id):
                return redirect_to_login(reverse("held_form"))
        elif request.path != reverse("held_keep"):
            # What a page does by itself must not keep a sign-in alive.
            self._touch(request)
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forget what was held once it was sent where it belongs."""
        response = self.get_response(request)
        sent_now = request.method == "POST" and response.status_code < 400
        if sent_now and request.session.get(OFFERED) == request.get_full_path():
            del request.session[OFFERED]
            let_go(request.user.pk)
        return response

    def _is_over(self, request: HttpRequest) -> bool:
        now, stay = time.time(), STAYS[device_of(request)]
        seen = request.session.get(SEEN, now)
        return now - seen > stay.idle or now - request.session.get(BEGAN, now) > stay.whole

    def _touch(self, request: HttpRequest) -> None:
        if time.time() - request.session.get(SEEN, 0) > SEEN_COUNTS_FOR:
            request.session[SEEN] = time.time()
            request.session.setdefault(BEGAN, request.session[SEEN])

    def _written(self, request: HttpRequest) -> Held | None:
        return Held(request.get_full_path(), request.POST) if request.method == "POST" else None


def hold(user_id: int, form: Held) -> None:
    """Keep what this person wrote for a day, if it belongs to a page of records.

    A form that is longer than any of ours is passed over.
    """
    if _is_of_records(form.path):
        fields = form.fields.copy()
        fields.pop("csrfmiddlewaretoken", None)
        text = fields.urlencode()
        if text and len(text) <= MOST_HELD:
            _keep(_key(user_id), {"path": form.path, "fields": text})


def held_for(user_id: int) -> Held | None:
    """Return the form that is held for this person, or None."""
    kept = _read(_key(user_id))
    return Held(kept["path"], QueryDict(kept["fields"])) if kept else None


def let_go(user_id: int) -> None:
    """Forget the form that is held for this person."""
    cache.delete(_key(user_id))


def forget(user_id: int) -> None:
    """Forget all that is kept of this person."""
    cache.delete_many([_key(user_id), _drafts_key(user_id)])


def throw_away(request: HttpRequest) -> None:
    """Forget the form that is held, and the draft that was kept of it while it was written."""
    held = held_for(request.user.pk)
    let_go(request.user.pk)
    if held and (written := held.fields.get("client_id")):
        drafts = request.session.get(DRAFTS, {})
        request.session[DRAFTS] = {
            key: draft for key, draft in drafts.items() if written not in draft[1]
        }


def _is_of_records(path: str) -> bool:
    try:
        return resolve(path.partition("?")[0]).app_name == "journeys"
    except Resolver404:
        return False


def _leads_to_the_sign_in(path: str) -> bool:
    """Whether this page asks for the sign-in: not one that is public, or has a public twin."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return getattr(view, "login_required", True) and not hasattr(view, "login_url")


def _keep(key: str, what: dict[str, Any]) -> None:
    secret = field_keys.encrypt(json.dumps(what).encode()).decode()
    cache.set(key, secret, HELD_FOR)


def _read(key: str) -> dict[str, Any] | None:
    secret = cache.get(key)
    return json.loads(field_keys.decrypt(secret.encode())) if secret else None


def _key(user_id: int) -> str:
    return f"held:{user_id}"


def _drafts_key(user_id: int) -> str:
    return f"drafts:{user_id}"
