"""What somebody may see and do, and until when."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careguide.forms import CrispyForm, DateInput
from journeys.models import Area, Role, Share
from journeys.models.shares import LONGEST_SHARE, SHARE_LASTS

ROLES = [
    (Role.VIEWER, _("Look: sees what you choose, changes nothing")),
    (Role.CONTRIBUTOR, _("Help: also adds entries, signed with their own name")),
    (Role.MANAGER, _("Take care of it: also changes details, stage and appointments")),
]
ROLE_ORDER = [role for role, _words in ROLES]
# Mood, questions and notes are only shared when somebody says so.
USUAL_AREAS = [Area.STAGE, Area.SYMPTOMS, Area.MEDICINES, Area.LABS, Area.APPOINTMENTS]


class ShareForm(CrispyForm):
    role = forms.ChoiceField(
        label=_("What may they do?"), choices=ROLES, widget=forms.RadioSelect, initial=Role.VIEWER
    )
    areas = forms.MultipleChoiceField(
        label=_("What may they see?"),
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=USUAL_AREAS,
        error_messages={"required": _("Choose at least one part.")},
    )
    ends_on = forms.DateField(
        label=_("Until when?"),
        widget=DateInput,
        help_text=_("You can end it earlier, at any moment."),
        error_messages={"required": _("Give a last day. You can renew it later.")},
    )

    def __init__(self, *args: Any, share: Share | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.share = share
        today = timezone.localdate()
        self.fields["ends_on"].initial = today + SHARE_LASTS
        if share is not None:
            self.initial |= {
                "role": share.role,
                "areas": share.areas,
                "ends_on": timezone.localdate(share.ends_at),
            }

    def clean_ends_on(self) -> Any:
        day, today = self.cleaned_data["ends_on"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day is over. Please choose a day to come."))
        if day > today + LONGEST_SHARE:
            raise forms.ValidationError(
                _("A share lasts a year at most. Then you are asked again.")
            )
        return day

    @property
    def widens(self) -> bool:
        """Whether a valid form lets somebody see or do more than they may now, or longer."""
        share, said = self.share, self.cleaned_data
        return (
            ROLE_ORDER.index(said["role"]) > ROLE_ORDER.index(share.role)
            or not set(said["areas"]) <= set(share.areas)
            or self.ends_at > share.ends_at
        )

    @property
    def ends_at(self) -> datetime:
        """The end of the last day, where the owner is."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["ends_on"], time.max))


class InviteForm(ShareForm):
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a link. They need no account yet."),
        error_messages={
            "required": _("Write the e-mail address of the person you want to invite."),
            "invalid": _("This does not look like an e-mail address. Please check it."),
        },
    )
    field_order = ["email", "role", "areas", "ends_on"]


class HandOverForm(CrispyForm):
    email = InviteForm.base_fields["email"]
