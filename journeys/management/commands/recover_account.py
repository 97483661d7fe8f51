"""Help somebody back into their account after they proved to the operator who they are."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from journeys.actions.accounts import recover
from journeys.models import User


class Command(BaseCommand):
    help = (
        "Change the address of an account, or take its second step away, for somebody who lost "
        "their mailbox or phone. Shows no record. The person sees in their log that it was done, "
        "and gets a mail. All devices are signed out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the account has now")
        parser.add_argument("--new-email", default="", help="the address it gets")
        parser.add_argument("--end-second-step", action="store_true", help="remove app, passkeys")

    @transaction.atomic
    def handle(self, *args: Any, email: str, **options: Any) -> None:
        new_email, end_second_step = options["new_email"], options["end_second_step"]
        if not (new_email or end_second_step):
            raise CommandError("Say what to do: --new-email ADDRESS, --end-second-step, or both.")
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        if new_email:
            try:
                validate_email(new_email)
            except ValidationError as error:
                raise CommandError("The new address is no e-mail address.") from error
            if User.objects.filter(email__iexact=new_email).exists():
                raise CommandError("Another account has the new address already.")
        recover(user, new_email=new_email, end_second_step=end_second_step)
        self.stdout.write("Done. They choose a new password with “Forgot your password?”.")
