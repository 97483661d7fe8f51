"""A password is not made of the words that stand on this site."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "Careguide2026!",
        "LEUKEMIA-2026",
        "hospitalpatient",
        "chemotherapy1234",
        "password1234",
        "qwertyuiop12",
    ],
)
def test_what_many_would_try_first_is_refused_kindly(password):
    with pytest.raises(ValidationError, match="guessed too soon"):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["a quiet long password", "my hospital has blue doors", "zebra-lamp-17-violin"]
)
def test_a_sentence_with_one_of_them_is_fine(password):
    validate_password(password)


def test_any_character_and_a_long_one_are_taken():
    validate_password("ümläut 🦓 " * 14)
