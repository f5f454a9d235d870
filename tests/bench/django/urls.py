from activities.feeds import ActivityFeed
from django.urls import path

urlpatterns = [path('django/all.atom', ActivityFeed())]
