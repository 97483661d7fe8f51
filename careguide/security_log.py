"""One line in the log for each step of signing in, and for what changes how one does.

It names accounts by number, never by what was typed.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import user_logged_out, user_login_failed
from django.dispatch import Signal

log = logging.getLogger("careguide.security")

EVENTS: dict[Signal, str] = {
    account.user_signed_up: "signed up",
    account.user_logged_in: "signed in",
    user_logged_out: "signed out",
    user_login_failed: "a sign-in was refused",
    account.authentication_step_completed: "showed who they are",
    account.password_changed: "changed the password",
    account.password_reset: "replaced the password by a mailed code",
    account.email_changed: "changed the address",
    mfa.authenticator_added: "added a second step",
    mfa.authenticator_removed: "removed a second step",
    mfa.authenticator_reset: "made new recovery codes",
}


def _noting(what: str) -> Any:
    def note(sender: Any, user: Any = None, method: str = "", **_kwargs: Any) -> None:
        by = f" by {method}" if method else ""
        log.info("Account %s: %s%s.", user.pk if user else "unknown", what, by)

    return note


for _signal, _what in EVENTS.items():
    _signal.connect(_noting(_what), weak=False, dispatch_uid=f"careguide.security.{_what}")
