#include "ground/text.h"
#include "settings.h"
#include "web/page/cohort.h"

void
house_conduct(struct visit *visit)
{
	struct settings settings = settings_of(visit);
	const char *link = visit->programme->conduct_link;

	page_cohort_conduct(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_conduct){
		.if_own = !text_empty(settings.conduct),
		.own_markdown = markdown_html(visit->arena, settings.conduct),
		.if_link = !text_empty(link),
		.link = link,
	    });
}

static const char *
days(struct visit *visit, int64_t count)
{
	return count == 1 ? message(MESSAGE_SETTINGS_DAY)
			  : message_settings_days(visit->arena, words_number(visit, count));
}

void
house_privacy(struct visit *visit)
{
	struct settings settings = settings_of(visit);

	page_cohort_privacy(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_privacy){
		.if_own = !text_empty(settings.privacy),
		.own_markdown = markdown_html(visit->arena, settings.privacy),
		.rejected = days(visit, settings.keep_rejected_days),
		.withdrawn = days(visit, settings.keep_withdrawn_days),
		.unconfirmed = days(visit, settings.keep_unconfirmed_days),
		.sensitive = days(visit, settings.keep_sensitive_days),
		.mail = days(visit, settings.keep_mail_days),
		.audit = days(visit, settings.keep_audit_days),
	    });
}

void
house_contact(struct visit *visit)
{
	struct settings settings = settings_of(visit);

	page_cohort_contact(visit_html(visit, 200), &visit->frame,
	    &(struct page_cohort_contact){
		.if_own = !text_empty(settings.contact_words),
		.own_markdown = markdown_html(visit->arena, settings.contact_words),
	    });
}
