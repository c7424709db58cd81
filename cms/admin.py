"""The pages of the shell in the admin are its own, not those that libraries bring."""

from django.contrib import admin
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister(TOTPDevice)  # unstyled, and it shows secrets; /admin/second-factor/ is the page for it
