"""The feed of everything. Its words are plainer than Groundcrew's, its content
no Markdown: it has less to do for each entry."""
from datetime import datetime, timezone

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from .models import Activity


def instant(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc)


class ActivityFeed(Feed):
    feed_type = Atom1Feed
    title = 'Activities'
    subtitle = 'What the cohorts did'
    link = settings.BENCH_ORIGIN + '/feed/'
    feed_url = settings.BENCH_ORIGIN + '/django/all.atom'
    author_name = 'Groundcrew'

    def items(self):
        return (
            Activity.objects.filter(withdrawn_at=None)
            .select_related(
                'cohort',
                'highlight__standup__group',
                'highlight__member__person',
            )
            .order_by('-published_at', '-id')[: settings.BENCH_ENTRIES]
        )

    def item_guid(self, item):
        return 'tag:localhost,2026:' + item.key

    def item_title(self, item):
        if item.highlight is not None:
            return item.highlight.title
        return item.cohort.name if item.cohort is not None else 'Programme'

    def item_description(self, item):
        if item.highlight is not None:
            return linebreaks(item.highlight.body, autoescape=True)
        return linebreaks(item.cohort.goal) if item.cohort is not None else ''

    def item_link(self, item):
        if item.highlight is None:
            return self.link
        return '{}{}/{}/highlight/{}'.format(
            self.link,
            item.cohort.slug,
            item.highlight.standup.group.slug,
            item.highlight.key,
        )

    def item_author_name(self, item):
        if item.highlight is None:
            return self.author_name
        person = item.highlight.member.person
        if (
            person.show_public_name
            and not person.is_disabled
            and item.highlight.member.left_at is None
            and person.public_name
        ):
            return person.public_name
        return 'A navigator of ' + item.highlight.standup.group.name

    def item_pubdate(self, item):
        return instant(item.published_at)

    def item_updateddate(self, item):
        return instant(item.updated_at)

    def item_categories(self, item):
        categories = [item.kind]
        if item.cohort is not None:
            categories.append(item.cohort.slug)
        if item.highlight is not None:
            categories.append(item.highlight.standup.group.slug)
            categories.append('week-%d' % item.highlight.standup.week)
        return categories
