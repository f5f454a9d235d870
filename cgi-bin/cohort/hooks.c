#include <string.h>

#include "ground/text.h"
#include "model/hook.h"
#include "office.h"
#include "web/link.h"
#include "web/page/cohort.h"
#include "web/time.h"

enum { HOOK_NAME_MAX = 60, HOOK_LINK_MAX = 500 };

enum { HOOK_NAME, HOOK_FORMAT, HOOK_LINK, HOOK_COUNT };

static const struct choice formats[] = {
	{ "discord", NULL, MESSAGE_OFFICE_HOOK_FORMAT_DISCORD, NULL },
	{ "json", NULL, MESSAGE_OFFICE_HOOK_FORMAT_JSON, NULL },
};

static const struct field hooks_fields[HOOK_COUNT] = {
	[HOOK_NAME] = { "name", FIELD_LINE, MESSAGE_OFFICE_HOOK_NAME_LABEL,
	    MESSAGE_OFFICE_HOOK_NAME_HELP, true, .max = HOOK_NAME_MAX },
	[HOOK_FORMAT] = { "format", FIELD_RADIO, MESSAGE_OFFICE_HOOK_FORMAT_LABEL, .required = true,
	    .choices = formats, .choice_count = 2 },
	[HOOK_LINK] = { "link", FIELD_URL, MESSAGE_OFFICE_HOOK_LINK_LABEL,
	    MESSAGE_OFFICE_HOOK_LINK_HELP, true, .max = HOOK_LINK_MAX, .autocomplete = "off",
	    .verbatim = true },
};

const struct form hooks_form = {
	.name = "hook",
	.fields = hooks_fields,
	.count = HOOK_COUNT,
};

const struct form hooks_button_form = { .name = "hook_button" };

const char *
office_format_words(const char *format)
{
	return message(text_equal(format, "discord") ? MESSAGE_OFFICE_HOOK_FORMAT_DISCORD
						     : MESSAGE_OFFICE_HOOK_FORMAT_JSON);
}

/* The scheme and the host: the rest is as good as a password. */
static const char *
masked(struct visit *visit, const char *link)
{
	size_t scheme = strlen("https://");
	size_t length = scheme + strcspn(link + scheme, "/?#");

	return message_office_hook_masked(
	    visit->arena, arena_copy_bytes(visit->arena, link, length));
}

static struct page_cohort_hooks_hooks_list
hook_rows_of(struct visit *visit)
{
	struct hook_rows hooks = hook_list(visit->db, visit->arena, office_cohort(visit));
	struct page_cohort_hooks_hooks *rows =
	    arena_array(visit->arena, hooks.count + 1, sizeof(*rows));
	size_t i;

	for (i = 0; i < hooks.count; i++) {
		const struct hook *hook = &hooks.rows[i];
		const char *link = link_under(
		    visit->arena, office_link(visit, "hooks"), words_number(visit, hook->id));

		rows[i] = (struct page_cohort_hooks_hooks){
			.hook_name = hook->name,
			.hook_format = office_format_words(hook->format),
			.hook_address = masked(visit, hook->link),
			.hook_machine = time_machine(visit->arena, hook->created_at),
			.hook_added = time_day(visit->arena, visit->zone, hook->created_at),
			.hook_test = link_under(visit->arena, link, "test"),
			.hook_remove = link_under(visit->arena, link, "remove"),
		};
	}
	return (struct page_cohort_hooks_hooks_list){ rows, hooks.count };
}

void
hooks_show(struct visit *visit)
{
	struct page_cohort_hooks page = {
		.back = office_back(visit),
		.back_link = office_back_link(visit),
		.part_organise = office_organise(visit, ORGANISE_MAIL),
		.part_settings = office_settings(visit, SETTINGS_MAIL),
		.part_errors = form_summary(visit->values),
		.lede = visit->cohort == NULL
		    ? message(MESSAGE_OFFICE_HOOKS_LEDE_ALL)
		    : message_office_hooks_lede(visit->arena, visit->cohort->name),
		.feed_link = link_feed(visit->arena, visit->site),
		.mail_link = office_link(visit, "mail"),
		.delay = time_length(visit->arena, HOOK_DELAY_SECONDS),
		.hooks = hook_rows_of(visit),
		.action = office_link(visit, "hooks"),
		.part_field = form_rows(visit_values(visit, &hooks_form)),
	};

	if (page.hooks.count == 0) {
		page.part_empty = parts_empty(visit, MESSAGE_OFFICE_HOOKS_NONE_TITLE,
		    MESSAGE_OFFICE_HOOKS_NONE_WORDS, NULL, MESSAGE_NONE);
	}
	page_cohort_hooks(visit_html(visit, 200), &visit->frame, &page);
}

static void
hook_done(struct visit *visit, enum audit_action action, const char *format, enum message done)
{
	visit_audit(visit, action, 0, format);
	visit_notice(visit, done);
	visit_redirect(visit, office_link(visit, "hooks"));
}

void
hooks_add(struct visit *visit)
{
	struct form_values *values = visit->values;
	const char *format = form_text(values, HOOK_FORMAT);

	switch (hook_add(visit->db, visit->arena, office_cohort(visit),
	    &(struct hook_new){ .format = format,
		.name = form_text(values, HOOK_NAME),
		.link = form_text(values, HOOK_LINK) },
	    visit->now)) {
	case HOOK_ADDED:
		hook_done(visit, AUDIT_HOOK_ADDED, format, MESSAGE_DONE_HOOK_ADDED);
		return;
	case HOOK_NOT_SAFE:
		form_refuse(values, HOOK_LINK, message(MESSAGE_OFFICE_HOOK_NOT_SAFE));
		break;
	case HOOK_BEFORE:
		form_refuse(values, HOOK_LINK, message(MESSAGE_OFFICE_HOOK_BEFORE));
		break;
	case HOOK_TOO_MANY:
		form_refuse_whole(values,
		    message_office_hook_too_many(visit->arena, words_number(visit, HOOK_MOST)));
		break;
	case HOOK_ADD_FAULT:
		visit_error(visit, 500);
		return;
	}
	visit_again(visit);
}

/* The hook that the address names; false when it is gone, and the page says so. */
static bool
find_hook(struct visit *visit, struct hook *hook)
{
	if (hook_find(visit->db, visit->arena, office_cohort(visit),
		office_param_number(visit, "hook"), hook)) {
		return true;
	}
	form_refuse_whole(visit->values, message(MESSAGE_OFFICE_HOOK_GONE));
	visit_again(visit);
	return false;
}

void
hooks_remove(struct visit *visit)
{
	struct hook hook;

	if (!find_hook(visit, &hook)) {
		return;
	}
	if (!hook_remove(visit->db, office_cohort(visit), hook.id)) {
		visit_error(visit, 500);
		return;
	}
	hook_done(visit, AUDIT_HOOK_REMOVED, hook.format, MESSAGE_DONE_HOOK_REMOVED);
}

void
hooks_test(struct visit *visit)
{
	struct hook hook;

	if (!find_hook(visit, &hook)) {
		return;
	}
	if (!hook_test(visit->db, visit->arena, &hook, visit->now)) {
		visit_error(visit, 500);
		return;
	}
	hook_done(visit, AUDIT_HOOK_TESTED, hook.format, MESSAGE_DONE_HOOK_TESTED);
}
