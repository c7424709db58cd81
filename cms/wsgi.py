import os

from django.core.wsgi import get_wsgi_application

from cms.startup import explained

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
with explained():
    application = get_wsgi_application()
