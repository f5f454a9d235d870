"""A Django project that tells the newest activities of a Groundcrew database
as Atom, with django.contrib.syndication: what the bench compares with."""
import os

DEBUG = False
SECRET_KEY = 'only for the bench'
ALLOWED_HOSTS = ['localhost']
ROOT_URLCONF = 'urls'
INSTALLED_APPS = ['activities']
MIDDLEWARE = [
    'django.middleware.gzip.GZipMiddleware',
    'django.middleware.http.ConditionalGetMiddleware',
    'django.middleware.common.CommonMiddleware',
]
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates'}]
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': os.environ['BENCH_DATABASE'],
        # Each worker keeps its connection, as ours do.
        'CONN_MAX_AGE': None,
    },
}
DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'
USE_TZ = True
USE_I18N = False
BENCH_ORIGIN = os.environ['BENCH_ORIGIN']
BENCH_ENTRIES = int(os.environ['BENCH_ENTRIES'])
