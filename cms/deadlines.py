"""A network stream with an end: httpx's time-outs are for each read, so a server could send a byte before each ends."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from typing import Any

import httpcore


@dataclass(slots=True)
class Deadline:
    """The moment by which a request must be over, on the monotonic clock."""

    until: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """Return how long one step may take."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The deadline has passed.")
        return min(left, timeout) if timeout is not None else left


class TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
