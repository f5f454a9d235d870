"""What an entry tells of, as the tables that are there already."""
from django.db import models


class Cohort(models.Model):
    slug = models.TextField()
    name = models.TextField()
    goal = models.TextField()

    class Meta:
        managed = False
        db_table = 'cohort'


class Group(models.Model):
    slug = models.TextField()
    name = models.TextField()

    class Meta:
        managed = False
        db_table = 'mentoring_group'


class Person(models.Model):
    public_name = models.TextField(null=True)
    show_public_name = models.BooleanField()
    is_disabled = models.BooleanField()

    class Meta:
        managed = False
        db_table = 'person'


class Member(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    role = models.TextField()
    left_at = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = 'member'


class Standup(models.Model):
    group = models.ForeignKey(Group, models.CASCADE)
    week = models.IntegerField()

    class Meta:
        managed = False
        db_table = 'standup'


class Highlight(models.Model):
    key = models.TextField()
    standup = models.ForeignKey(Standup, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    title = models.TextField()
    body = models.TextField()

    class Meta:
        managed = False
        db_table = 'highlight'


class Activity(models.Model):
    key = models.TextField()
    kind = models.TextField()
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True)
    highlight = models.ForeignKey(Highlight, models.SET_NULL, null=True)
    published_at = models.BigIntegerField()
    updated_at = models.BigIntegerField()
    withdrawn_at = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = 'activity'
