"""The one place that decides who may do what with a journey."""

import enum
import functools
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from careguide.account import must_have_proved_it
from careguide.http import INVALID_FORM, HttpRequest
from journeys import audit, changes
from journeys.models import Area, Journey, JourneyRecord, Role, Share, User


class Permission(enum.Enum):
    VIEW = "view"
    RECORD = "record"
    MANAGE = "manage"
    SHARE = "share"
    EXPORT = "export"
    OWN = "own"


ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset({Permission.VIEW, Permission.RECORD, Permission.MANAGE}),
    Role.CONTRIBUTOR: frozenset({Permission.VIEW, Permission.RECORD}),
    Role.VIEWER: frozenset({Permission.VIEW}),
}


@dataclass(frozen=True)
class Access:
    """What one person may do on one journey, now."""

    user: User
    journey: Journey
    role: str
    areas: frozenset[str]
    # By which they see it; the owner needs none.
    share: Share | None = None

    def sees(self, area: str) -> bool:
        return area in self.areas

    def can(self, permission: Permission, area: str | None = None) -> bool:
        allowed = permission in ROLE_PERMISSIONS[self.role]
        return allowed and (area is None or self.sees(area))

    def can_edit(self, record: JourneyRecord, area: str) -> bool:
        """Managers and the owner correct any record they see; contributors only their own."""
        if not self.can(Permission.RECORD, area):
            return False
        return self.can(Permission.MANAGE) or record.is_by(self.user)

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER

    @property
    def is_patient(self) -> bool:
        """Whether this is the person the journey is about, not somebody who cares for them."""
        return self.is_owner and not self.journey.kept_for_another

    # Plain answers for templates, which show or hide buttons and never guard anything.
    @property
    def records(self) -> bool:
        return Permission.RECORD in ROLE_PERMISSIONS[self.role]

    @property
    def manages(self) -> bool:
        return Permission.MANAGE in ROLE_PERMISSIONS[self.role]


class JourneyRequest(HttpRequest):
    """A request whose access was decided (for type hints only).

    `areas_shown`: what the page tells of beside its own area, for the log.
    `seen_as`: the share whose person the owner looks as, to see what they see.
    """

    areas_shown: Collection[str]
    seen_as: Share | None

    user: User
    access: Access


def share_of(user: User, journey: Journey) -> Share | None:
    """Return the share by which the person sees this journey now, if there is one."""
    return Share.objects.active(timezone.now()).filter(journey=journey, user=user).first()


def access_for(user: User, journey: Journey) -> Access | None:
    """Return what the person may do on this journey now, or None for a stranger."""
    if not user.is_authenticated or not user.is_active or user.is_staff or user.is_going:
        return None
    if journey.owner_id == user.pk:
        return Access(user, journey, Role.OWNER, frozenset(Area.values))
    share = share_of(user, journey)
    if share is None:
        return None
    areas = frozenset(share.areas) & frozenset(Area.values)
    return Access(user, journey, share.role, areas, share)


P = ParamSpec("P")


def only_access(user: User) -> Access | None:
    """Return what the person may do on the one journey they see, or None for none or several."""
    if not user.is_authenticated or user.is_staff:
        return None
    journeys = Journey.objects.visible_to(user)[:2]
    return access_for(user, journeys[0]) if len(journeys) == 1 else None


JourneyView = Callable[Concatenate[JourneyRequest, Journey, P], HttpResponse]
AnyView = Callable[..., HttpResponse]

# Where an account that waits to be deleted can be kept.
GOING = "journeys:account_going"
# What a view asks the password for once more: what it does, or already what it shows.
TO_POST, TO_LOOK = frozenset({"POST"}), frozenset({"GET", "HEAD", "POST"})
# Methods that only look.
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Answers that show a page although they refuse something: 409 stands beside the other version.
SHOWING = frozenset({HTTPStatus.CONFLICT, INVALID_FORM})


def requires(
    permission: Permission,
    area: str | None = None,
    *,
    proof_for: frozenset[str] = frozenset(),
    shows_records: bool = True,
    is_ones_own: bool = False,
) -> Callable[[JourneyView], AnyView]:
    """Let the view run only for people with this permission (and who see this area).

    Strangers get 404. A hidden area is 404 too, as if it did not exist. A member who sees the
    area but may not do this gets 403. The view receives the journey; `request.access` is set.
    `proof_for` methods: these need the password, or a passkey, of the last ten minutes.
    Reads and writes by anyone but the owner are logged once the view has answered; a page without
    records (`shows_records`) is no look at them. What is everybody's own and nobody else's
    (`is_ones_own`) cannot be looked at with the eyes of another.
    """

    def decorate(view: JourneyView) -> AnyView:
        @functools.wraps(view)
        def wrapper(request: JourneyRequest, journey_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and request.user.is_going:
                return redirect(GOING)
            journey = get_object_or_404(Journey.objects.visible_to(request.user), pk=journey_id)
            access = _access_of(request, journey, is_ones_own)
            if access is None or (area is not None and not access.sees(area)):
                raise_not_found()
            if not access.can(permission):
                raise PermissionDenied
            if request.method in proof_for:
                must_have_proved_it(request)
            request.access, request.areas_shown = access, frozenset()
            answer = functools.partial(view, request, journey, **kwargs)
            return _noted(answer, request, area or "", {area or ""} if shows_records else set())

        wrapper.policy, wrapper.proof_for = (permission, area), proof_for
        return wrapper

    return decorate


def signed_out_to(twin: str) -> Callable[[AnyView], AnyView]:
    """Lead whoever is not signed in to the public view of this name, instead of to the sign-in."""

    def decorate(view: AnyView) -> AnyView:
        # LoginRequiredMiddleware reads both. No journey stands in the address it leads to.
        view.login_url, view.redirect_field_name = twin, None
        return view

    return decorate


def _noted(
    answer: Callable[[], HttpResponse], request: JourneyRequest, area: str, shows: set[str]
) -> HttpResponse:
    """Answer, and log what somebody but the owner did: a change with its line, or neither of them.

    Where nothing was changed it was a look at what the page `shows`, and so is a form that comes
    back with its errors. The area "" is that of the journey's own details: no look at them counts.
    """
    if request.access.is_owner or request.seen_as:
        return answer()
    note = functools.partial(audit.record, journey=request.access.journey, actor=request.user)
    if request.method in READING:
        response = answer()
    else:
        with transaction.atomic(), changes.noticed() as changed:
            response = answer()
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            elif changed:
                note(areas=[area], wrote=True)
                return response
    if response.status_code < HTTPStatus.BAD_REQUEST or response.status_code in SHOWING:
        note(areas=shows.union(request.areas_shown) - {""}, wrote=False)
    return response


def _access_of(request: JourneyRequest, journey: Journey, is_ones_own: bool) -> Access | None:
    """Return what this request may do, by whoever's eyes it looks; `request.seen_as` is set."""
    access = access_for(request.user, journey)
    request.seen_as = _seen_as(request, access, is_ones_own)
    if request.seen_as is None:
        return access
    # From here on it is their request, decided and answered as theirs would be.
    request.user = request.seen_as.user
    return access_for(request.user, journey)


def _seen_as(request: JourneyRequest, access: Access | None, is_ones_own: bool) -> Share | None:
    """Return the share that the owner asked to look through (`?as=`), if it counts now.

    Only looking: what is posted is always one's own doing. An address that names another share,
    or none, is absent, and so is what is everybody's own.
    """
    asked = request.GET.get("as")
    if asked is None or request.method not in READING or access is None or not access.is_owner:
        return None
    if is_ones_own:
        raise_not_found()
    try:
        share_id = uuid.UUID(asked)
    except ValueError:
        raise_not_found()
    shares = Share.objects.active(timezone.now()).filter(journey=access.journey)
    return get_object_or_404(shares.select_related("user"), pk=share_id)


def raise_not_found() -> None:
    # The same call as for an absent journey, so that the answers cannot be told apart.
    get_object_or_404(Journey.objects.none())


def signed_in(view: AnyView) -> AnyView:
    """Mark a view that needs an account but no journey. The login middleware does the rest.

    A staff account cannot own or join a journey: it is sent to its own desk. An account that waits
    to be deleted is asked whether it really should be, whatever it came for.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_staff:
            if request.method in READING:
                return redirect("admin:index")
            raise PermissionDenied
        if request.user.is_going and request.resolver_match.view_name != GOING:
            return redirect(GOING)
        return view(request, **kwargs)

    wrapper.policy = ("signed-in", None)
    return wrapper


def public(*, reason: str) -> Callable[[AnyView], AnyView]:
    """Mark one of the few token routes that need no session, and say why it may be one."""
    if not reason:
        raise ValueError("a public view needs a reason")

    def decorate(view: AnyView) -> AnyView:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs)

        wrapper.policy = ("public", reason)
        return login_not_required(wrapper)

    return decorate
