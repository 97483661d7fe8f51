"""Encrypts single values of the database: second-factor secrets, and forms that wait for a sign-in.

AES-256-GCM with FIELD_KEYS, newest first; an older key still reads what it wrote.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

NONCE_BYTES = 12


def _keys() -> list[bytes]:
    if settings.FIELD_KEYS:
        # As settings.py reads them: with or without the signs that fill them up.
        return [base64.urlsafe_b64decode(key + "==") for key in settings.FIELD_KEYS]
    # Only while debugging: derived, so that a trial needs no set-up.
    return [salted_hmac("careguide.field-keys", "trial", algorithm="sha256").digest()]


def encrypt(value: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + AESGCM(_keys()[0]).encrypt(nonce, value, None))


def decrypt(secret: bytes) -> bytes:
    """Return what was encrypted. Raises InvalidTag if no key of ours wrote it."""
    raw = base64.urlsafe_b64decode(secret)
    for key in _keys():
        try:
            return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
        except InvalidTag:
            continue
    raise InvalidTag
