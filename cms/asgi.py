import os

from django.core.asgi import get_asgi_application

from cms.startup import explained

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
with explained():
    application = get_asgi_application()
