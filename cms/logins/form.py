"""The login of the admin: name and password, then a code if the person has set that up."""

from __future__ import annotations

import hmac
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import ValidationError

from cms.logins import device, factor, guard

SALT = "cms.logins.form"
MINUTES = 5
WAIT = "Too many tries. Try again in {minutes} minute{s}. Did you forget the password? Another owner can set a new one."
EXPIRED = "That took too long. Log in again."
ASK = "Type the code that your app shows now."
WRONG = "That code is not right, or it was used before. Wait for the next one, or use a recovery code."


class StaffLoginForm(AdminAuthenticationForm):
    """Two steps on one page. `step` is what the first one proves to the second: who knew the password, and when."""

    code = forms.CharField(required=False, max_length=40)
    step = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    asks_for_code = ""  # the proof, once the password was right
    is_first_ask = False

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if self.data.get("step"):
            self.fields["username"].required = self.fields["password"].required = False

    def clean(self) -> dict[str, Any]:
        if step := self.cleaned_data.get("step"):
            return self._second(step)
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        bucket = device.bucket(self.request, name)
        _admit(bucket)
        super().clean()
        guard.forgive(bucket)
        user: Any = self.get_user()
        if factor.is_on(user):
            self.user_cache = None
            self.asks_for_code, self.is_first_ask = _proof(user), True
            raise ValidationError(ASK, code="code")
        self._enter(user)
        return self.cleaned_data

    def _second(self, step: str) -> dict[str, Any]:
        user = _proven(step)
        bucket = f"code:{user.pk}"
        self.asks_for_code = step
        _admit(bucket)
        if not factor.verify(user, self.cleaned_data.get("code", "")):
            raise ValidationError(WRONG, code="code")
        guard.forgive(bucket)
        self.confirm_login_allowed(user)
        self._enter(user)
        return self.cleaned_data

    def _enter(self, user: Any) -> None:
        self.user_cache = user
        if self.request is not None:
            setattr(self.request, device.ENTERED, user.get_username())


def _admit(bucket: str) -> None:
    try:
        guard.admit(bucket)
    except guard.TooSoon as soon:
        words = WAIT.format(minutes=soon.minutes, s="" if soon.minutes == 1 else "s")
        raise ValidationError(words, code="wait") from soon


def _proof(user: Any) -> str:
    return signing.dumps([user.pk, user.get_session_auth_hash()], salt=SALT)


def _proven(step: str) -> Any:
    """Return who knew the password a moment ago. A new password, or a closed login, makes it void."""
    try:
        pk, known = signing.loads(step, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature as error:
        raise ValidationError(EXPIRED, code="expired") from error
    user = get_user_model()._default_manager.filter(pk=pk, is_active=True).first()
    if user is None or not hmac.compare_digest(user.get_session_auth_hash(), known):
        raise ValidationError(EXPIRED, code="expired")
    return user
