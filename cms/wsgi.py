import gc
import os

from django.core.wsgi import get_wsgi_application

from cms.startup import explained

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
with explained():
    application = get_wsgi_application()

# What start-up made stays for good. Looking through it for garbage held up one request in 400 by 70 ms.
gc.collect()
gc.freeze()
