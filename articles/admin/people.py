"""Logins and groups on Unfold's pages: Django's own forms would stand there without borders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from cms.usernames import taken_by

admin.site.unregister(User)
admin.site.unregister(Group)


ALIKE = "The login “{name}” is spelled the same apart from capitals. Choose a name that differs in more than that."


def refuse_alike(name: str, *, but: Any = None) -> str:
    """Return a name that is to be given. Raises ValidationError if only capitals keep it apart from another's."""
    if other := taken_by(name, but=but):
        raise ValidationError(ALIKE.format(name=other))
    return name


class NamedUserForm(UserChangeForm):
    """Logins that were alike before the rule may be saved as they are."""

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        return refuse_alike(name, but=self.instance.pk) if "username" in self.changed_data else name


class NewUserForm(UserCreationForm):
    """A new login can enter the admin at once; its groups say what it may do there."""

    groups = forms.ModelMultipleChoiceField(
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Authors write, reviewers read and approve, editors publish.",
    )

    def clean_username(self) -> str:
        return refuse_alike(self.cleaned_data["username"])

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        user: User = super().save(commit)
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]  # both name the same hooks
    form = NamedUserForm
    add_form = NewUserForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    show_full_result_count = False
    compressed_fields = True
    nav_icon = "group"
    add_fieldsets = (  # type: ignore[assignment]  # declared as an empty tuple
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("groups",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @display(description="Name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @display(description="Groups")
    def roles(self, user: User) -> str:
        return "Owner" if user.is_superuser else ", ".join(group.name for group in user.groups.all())


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]  # both name the same hooks
    nav_icon = "shield_person"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("name")
