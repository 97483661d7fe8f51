"""The account: an e-mail address is the login, and nothing else is ever demanded."""

import zoneinfo
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("We do not know this time zone. Please choose one from the list."))


class UserManager(BaseUserManager):
    def to_delete(self, at: datetime) -> models.QuerySet:
        """Accounts whose days to think it over are past."""
        return self.filter(delete_after__lte=at)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    # The person asked for it to be deleted: until then it can be kept with one press.
    delete_after = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="journeys_user_email_any_case"),
        ]

    def __str__(self) -> str:
        return f"Account {self.pk}"

    @property
    def is_going(self) -> bool:
        """Whether it waits to be deleted: it sees nothing, and nobody sees its journeys."""
        return self.delete_after is not None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Where the person is; the site's own zone until they said."""
        return zoneinfo.ZoneInfo(self.time_zone or settings.TIME_ZONE)

    @property
    def speaks(self) -> str:
        """The language of the mails to this person."""
        return self.language or settings.LANGUAGE_CODE

    @property
    def shown_name(self) -> str:
        """The name others on a shared journey see."""
        return self.name or self.email.partition("@")[0]
