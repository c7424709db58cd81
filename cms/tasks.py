"""The one way to the task queue. In Django 6 the same API is `django.tasks`; only this module will change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, overload

import django_tasks
from django_tasks.base import Task, TaskContext

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["Task", "TaskContext", "is_idempotent", "task"]


@overload
def task(function: Callable[P, T], /) -> Task[P, T]: ...


@overload
def task(
    *, idempotent: bool = False, priority: int = 0, queue_name: str = "default"
) -> Callable[[Callable[P, T]], Task[P, T]]: ...


def task(
    function: Callable[..., Any] | None = None,
    /,
    *,
    idempotent: bool = False,
    priority: int = 0,
    queue_name: str = "default",
) -> Any:
    """Make a module-level function a background task: `@task` or `@task(idempotent=True)`.

    An idempotent task may run twice without harm; the worker runs it again after a failure or a killed process.
    Any other task runs at most once.
    """

    def wrap(wrapped: Callable[..., Any]) -> Task[..., Any]:
        wrapped.chelate_idempotent = idempotent  # type: ignore[attr-defined]  # a mark on the function, read by the worker
        return django_tasks.task(priority=priority, queue_name=queue_name)(wrapped)

    return wrap(function) if function else wrap


def is_idempotent(candidate: Any) -> bool:
    """Return whether the task declared that running it twice does no harm."""
    return bool(getattr(candidate.func, "chelate_idempotent", False))
