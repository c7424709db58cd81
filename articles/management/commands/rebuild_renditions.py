from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Image
from articles.renditions import making


class Command(BaseCommand):
    help = "Make the smaller versions of library pictures that are missing; also tries again what failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("picture", nargs="*", help="Names of pictures to make anew, as in img:name.")
        parser.add_argument("--all", action="store_true", help="Make those of every picture anew.")

    def handle(self, *, picture: list[str], all: bool, **options: Any) -> None:  # noqa: A002
        images = Image.objects.filter(slug__in=picture) if picture else Image.objects.all()
        if unknown := set(picture) - set(images.values_list("slug", flat=True)):
            raise CommandError(f"There is no picture named {', '.join(sorted(unknown))}.")
        if not (all or picture):
            images = images.exclude(renditions_state__in=(making.State.MADE, making.State.READY))
        waiting = making.wait_again(images)
        made = making.make_due(seconds=float("inf"))
        self.stdout.write(f"{made} of {waiting} picture{'' if waiting == 1 else 's'} done.")
        for image in Image.objects.filter(renditions_state=making.State.FAILED).order_by("slug"):
            self.stdout.write(self.style.ERROR(f"{image.slug}: {image.renditions_error}"))
