"""Make an invented patient, caregiver and editor to try the app with."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from content.models import Notice
from journeys.actions.consents import agree
from journeys.demo import PEOPLE, make_demo_journey
from journeys.models import Area, Role, Share, User


class Command(BaseCommand):
    help = "Make invented people with invented records. Refuses to run outside debug mode."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-passwords", action="store_true", help="Give the demo accounts new passwords."
        )

    @transaction.atomic
    def handle(self, *args: Any, new_passwords: bool = False, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo accounts exist in debug mode only.")
        if User.objects.filter(email=PEOPLE["patient"]["email"]).exists():
            if new_passwords:
                for role, person in PEOPLE.items():
                    self._tell(role, User.objects.get(email=person["email"]))
            return
        users = {role: self._make(person) for role, person in PEOPLE.items()}
        for user in users.values():
            if user.is_staff:
                # Editing the guide needs a second factor, here as everywhere.
                user.groups.add(Group.objects.get(name="Editors"))
                TOTP.activate(user, generate_totp_secret())
        journey = make_demo_journey(owner=users["patient"], caregiver=users["caregiver"])
        Share.objects.create(
            journey=journey,
            user=users["caregiver"],
            role=Role.CONTRIBUTOR,
            areas=[
                Area.STAGE,
                Area.SYMPTOMS,
                Area.MEDICINES,
                Area.APPOINTMENTS,
                Area.QUESTIONS,
            ],
            accepted_at=timezone.now(),
            ends_at=timezone.now() + timedelta(days=90),
        )
        for role, user in users.items():
            self._tell(role, user)

    def _make(self, person: dict[str, Any]) -> User:
        user = User.objects.create_user(**person)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        agree(user, Notice.objects.asked())
        return user

    def _tell(self, role: str, user: User) -> None:
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
        self.stdout.write(f"  {role:<10} {user.email:<28} {password}")
        for factor in Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP):
            key = decrypt(factor.data["secret"])
            self.stdout.write(f"  {'':<10} {'key for an authenticator app:':<28} {key}")
