from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.logins import factor


class Command(BaseCommand):
    help = "Take away the second factor of a person who has lost phone and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        users = get_user_model()._default_manager
        user = users.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no login named {username}.")
        if factor.turn_off(user):
            self.stdout.write(f"{username} logs in with the password alone now.")
        else:
            self.stdout.write(f"{username} has no second factor; nothing was changed.")
