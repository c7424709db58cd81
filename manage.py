#!/usr/bin/env python
"""Django's command line for Chelate."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from cms.startup import explained


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    try:
        with explained():
            execute_from_command_line(sys.argv)
    except Exception as error:
        notes = getattr(error, "__notes__", [])
        if "--traceback" in sys.argv or not (notes or isinstance(error, ImproperlyConfigured)):
            raise
        sys.exit("\n".join(notes) or f"Settings: {error} (README.md lists every variable)")


if __name__ == "__main__":
    main()
