"""Second factors: encrypted at rest, good once, asked for after the password."""

import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.exceptions import InvalidTag
from django.core.management import call_command

from careguide.account import MFAAdapter
from tests.careguide.test_accounts import confirmed, is_signed_in, mailed_code, sign_in

NEWER_KEY = "B" * 43 + "="


pytestmark = pytest.mark.django_db


def test_second_factor_secrets_are_encrypted_and_come_back():
    adapter = MFAAdapter()
    stored = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert adapter.decrypt(stored) == "JBSWY3DPEHPK3PXP"


def test_an_older_key_still_reads_and_a_newer_one_writes(settings):
    stored = MFAAdapter().encrypt("secret")
    settings.FIELD_KEYS = [NEWER_KEY, *settings.FIELD_KEYS]
    assert MFAAdapter().decrypt(stored) == "secret"
    written = MFAAdapter().encrypt("secret")
    settings.FIELD_KEYS = [NEWER_KEY]
    assert MFAAdapter().decrypt(written) == "secret"
    with pytest.raises(InvalidTag):
        MFAAdapter().decrypt(stored)


def test_after_a_command_the_older_key_is_needed_no_more(settings):
    user = confirmed()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    settings.FIELD_KEYS = [NEWER_KEY, *settings.FIELD_KEYS]
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = [NEWER_KEY]
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert MFAAdapter().decrypt(app.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()


def test_a_code_of_an_app_is_good_once_and_for_its_own_half_minute(client):
    totp = TOTP.activate(confirmed(), "JBSWY3DPEHPK3PXP")
    began = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    with time_machine.travel(began, tick=False) as clock:
        code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
        assert totp.validate_code(code)
        for seconds in (1, 29, 31, 45, 61):
            clock.move_to(began + timedelta(seconds=seconds))
            assert not totp.validate_code(code)


def test_what_allauth_stores_of_an_authenticator_app_is_encrypted():
    TOTP.activate(confirmed(), "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get().data)


def test_switching_on_a_second_step_asks_for_the_password_again(client):
    confirmed()
    sign_in(client)
    response = client.get("/accounts/2fa/totp/activate/")
    assert response.status_code == 302
    assert "reauthenticate" in response.headers["Location"]


def test_the_second_step_tells_who_lost_their_phone_what_to_do(client, settings):
    settings.SUPPORT_EMAIL = "help@example.org"
    user = confirmed()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(user)
    asked = sign_in(client).headers["Location"]
    page = client.get(asked).content.decode()
    assert "<h1>One more step</h1>" in page
    assert "Phone lost? One of your recovery codes works here, too." in page
    assert "No recovery code left, either? Write to" in page and "mailto:help@example.org" in page
    assert "error-summary" in client.post(asked, {"code": "000000"}).content.decode()
    client.post(asked, {"code": codes.get_unused_codes()[0]})
    assert is_signed_in(client)


def test_a_mailed_code_alone_opens_no_account_that_has_a_second_step(client):
    TOTP.activate(confirmed(), "JBSWY3DPEHPK3PXP")
    asked = client.post("/accounts/password/reset/", {"email": "olive@example.org"})
    to = asked.headers["Location"]
    to = client.post(to, {"code": mailed_code()}).headers["Location"]
    new = "another quiet long one"
    answer = client.post(to, {"password1": new, "password2": new}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
