"""What every form of a record carries: which submit it is, and which version it read."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import form_helper
from content.translations import said
from journeys.models import Journey, JourneyRecord

is_phone_number = RegexValidator(
    r"^(?=(.*[0-9]){2})\+?[0-9(][0-9 ()/.\-]{1,38}$",
    _("Please write the number with digits, spaces and + only, as you would dial it."),
)


class Unseen(forms.Field):
    """A hidden field: nobody can mend it, so what cannot be read counts as absent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class ClientIdField(Unseen, forms.UUIDField):
    pass


class VersionField(Unseen, forms.IntegerField):
    """The version that was read for editing; without one that can be read, none fits."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=2_000_000_000)


class SubmitOnce(forms.Form):
    """Carries an id made for this one form, so that a double tap makes one record.

    `may_hide` offers "only me", where the form has it: to the patient, of what they wrote.
    """

    client_id = ClientIdField()

    def __init__(self, *args: Any, may_hide: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_hide:
            self.fields.pop("only_me", None)
        self.helper = form_helper()
        self.fields["client_id"].initial = uuid.uuid4

    def is_kept_to_oneself(self, record: JourneyRecord | None) -> bool:
        """Whether a valid form says "only me"; where it did not ask, `record` stays as it is."""
        before = record is not None and record.only_me
        return self.cleaned_data.get("only_me", before)

    def add_conflict(self, version: int) -> None:
        """Say that somebody else was first. The next save builds on their `version`."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version
        self.add_error(
            None,
            _(
                "Somebody else changed this while you were writing. "
                "Your text is still here. Please look at theirs, then save yours again."
            ),
        )


class RecordForm(SubmitOnce, forms.ModelForm):
    """A form of one record of `journey`; `version` is the one that was read for editing."""

    version = VersionField()

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance._state.adding:
            self.fields["version"].initial = self.instance.version
            del self.fields["client_id"]
        else:
            del self.fields["version"]

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says of the record, by the fields of the model that it offers."""
        names = (name for name in self._meta.fields if name in self.fields)
        return {name: self.cleaned_data[name] for name in names}


def is_past_day(day: date) -> None:
    """Raise ValidationError for a day on which nothing can have happened yet, or to this person."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come. Please check it."))
    if day.year < 1950:
        raise forms.ValidationError(_("Please check the year."))


def as_phone_number(field: forms.Field) -> None:
    """Let a field take a number as one dials it, and nothing else."""
    field.validators.append(is_phone_number)
    field.widget.input_type = "tel"
    field.widget.attrs["autocomplete"] = "off"


def answer_choices(rows: Any, not_known: str, current: str = "") -> list[tuple[str, Any]]:
    """Return (slug, name) of published rows, "not known" last; an archived current answer stays."""
    choices = [
        (row.slug, said(row.name))
        for row in rows
        if row.status == "published" or row.slug == current
    ]
    return [*choices, ("", not_known)]
