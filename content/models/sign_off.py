"""What a clinician of the centre signed: which call levels, when, and how they read then."""

from typing import Any, NoReturn

from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignOffQuerySet(models.QuerySet):
    """Sign-offs are added, never changed and never deleted."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("a sign-off is never changed")

    def delete(self) -> NoReturn:
        raise TypeError("a sign-off is never deleted")


class SignOff(models.Model):
    """One signed sheet. The centre's own row says whether the newest one still holds."""

    version = models.CharField(_("version of the call levels"), max_length=64)
    sheet_number = models.CharField(
        _("number on the signed sheet"), max_length=9, validators=[MinLengthValidator(9)]
    )
    # Every line of the sheet, as it stood there: what changed since is told from it.
    sheet = models.JSONField(_("sheet"))
    signed_by = models.CharField(_("name of the clinician"), max_length=120)
    role = models.CharField(_("role of the clinician"), max_length=78)
    signed_on = models.DateField(_("signed on"))
    # Editors are text: content has no key to accounts.
    recorded_by = models.CharField(_("recorded by"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.signed_by}, {self.signed_on}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a sign-off is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a sign-off is never deleted")

    @property
    def signature(self) -> str:
        """Name and role, as readers see them."""
        return f"{self.signed_by}, {self.role}"
