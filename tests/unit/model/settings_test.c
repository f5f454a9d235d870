#include "model/settings.h"

#include "db/query/programme.h"
#include "fixture.h"
#include "model/programme.h"

static struct settings
read_settings(struct model *model)
{
	struct settings settings;

	assert_true(settings_read(model->db, model->arena, &settings));
	return settings;
}

static void
a_new_programme_keeps_as_long_as_the_schema_says(void **state)
{
	struct settings settings = read_settings(*state);

	assert_int_equal(settings.revision, 1);
	assert_string_equal(settings.conduct, "");
	assert_string_equal(settings.privacy, "");
	assert_int_equal(settings.keep_rejected_days, 180);
	assert_int_equal(settings.keep_withdrawn_days, 180);
	assert_int_equal(settings.keep_unconfirmed_days, 14);
	assert_int_equal(settings.keep_sensitive_days, 30);
	assert_int_equal(settings.keep_mail_days, 30);
	assert_int_equal(settings.keep_audit_days, 730);
}

static void
every_change_counts_and_none_overwrites_another(void **state)
{
	struct model *model = *state;
	const struct settings_programme mine = { "Mine", "", "", "", "Write to us" };
	const struct settings_programme yours = { "Yours", "", "", "", "" };
	const struct settings_keeping keeping = { "Privately", 1, 2, 3, 4, 5, 6 };
	struct programme programme;
	struct settings settings;

	assert_int_equal(settings_change_programme(model->db, 1, &mine), SETTINGS_SAVED);
	assert_int_equal(
	    settings_change_programme(model->db, 1, &yours), SETTINGS_CHANGED_MEANWHILE);
	assert_int_equal(
	    settings_change_conduct(model->db, 1, "Be mean", ""), SETTINGS_CHANGED_MEANWHILE);
	assert_int_equal(settings_change_conduct(model->db, 2, "Be kind", "https://example.org/"),
	    SETTINGS_SAVED);
	assert_int_equal(
	    settings_change_privacy(model->db, 2, &keeping), SETTINGS_CHANGED_MEANWHILE);
	assert_int_equal(settings_change_privacy(model->db, 3, &keeping), SETTINGS_SAVED);
	settings = read_settings(model);
	assert_true(programme_read(model->db, model->arena, &programme));
	assert_int_equal(settings.revision, 4);
	assert_string_equal(programme.name, "Mine");
	assert_string_equal(programme.conduct_link, "https://example.org/");
	assert_string_equal(settings.contact_words, "Write to us");
	assert_string_equal(settings.conduct, "Be kind");
	assert_string_equal(settings.privacy, "Privately");
	assert_int_equal(settings.keep_rejected_days, 1);
	assert_int_equal(settings.keep_withdrawn_days, 2);
	assert_int_equal(settings.keep_unconfirmed_days, 3);
	assert_int_equal(settings.keep_sensitive_days, 4);
	assert_int_equal(settings.keep_mail_days, 5);
	assert_int_equal(settings.keep_audit_days, 6);
}

static void
days_beyond_the_schema_are_refused(void **state)
{
	struct model *model = *state;
	const struct settings_keeping never = { "", 180, 180, 366, 30, 30, 730 };
	const struct settings_keeping at_once = { "", 180, 180, 14, 0, 30, 730 };

	assert_int_equal(settings_change_privacy(model->db, 1, &never), SETTINGS_FAULT);
	assert_int_equal(settings_change_privacy(model->db, 1, &at_once), SETTINGS_FAULT);
	assert_int_equal(read_settings(model).revision, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		model_test(a_new_programme_keeps_as_long_as_the_schema_says),
		model_test(every_change_counts_and_none_overwrites_another),
		model_test(days_beyond_the_schema_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
