#include "model/standup_read.h"

#include "db/db.h"
#include "db/query/group.h"
#include "ground/arena.h"
#include "model/person.h"
#include "model/rights.h"

bool
question_admits(const struct question *question, const struct standup_reader *reader)
{
	return audience_admits(
	    question->audience, reader->roles, question->person_id == reader->person_id);
}

int64_t
answer_reach(const struct answer *answer)
{
	return answer->audience < answer->question_audience ? answer->audience
							    : answer->question_audience;
}

bool
answer_admits(const struct answer *answer, const struct standup_reader *reader)
{
	return audience_admits(answer_reach(answer), reader->roles,
	    answer->person_id == reader->person_id || answer->asker_id == reader->person_id);
}

/* The narrowest audience that admits whoever has these roles. */
static int64_t
least_audience(unsigned roles)
{
	int64_t audience = AUDIENCE_NAVIGATORS;

	while (audience < AUDIENCE_PUBLIC && !audience_admits(audience, roles, false)) {
		audience++;
	}
	return audience;
}

struct standup_week_rows
standup_weeks(struct db *db, struct arena *arena, const struct group *group,
    const struct standup_reader *reader)
{
	return standup_of_group(db, arena,
	    &(struct standup_of_group_in){ .group_id = group->id,
		.cohort_id = group->cohort_id,
		.least = least_audience(reader->roles),
		.person_id = reader->person_id });
}

/* What of a prompt is for the reader. */
static const char *
part_for(const char *words, int64_t audience, bool is_author, const struct standup_reader *reader)
{
	return audience_admits(audience, reader->roles, is_author) ? words : "";
}

/* The pronouns of somebody in the stand-up's group, as the reader sees them. */
static const char *
pronouns_for(
    const char *pronouns, int64_t audience, int64_t person_id, const struct standup_reader *reader)
{
	if (person_id == reader->person_id) {
		return pronouns;
	}
	return person_pronouns(pronouns, audience,
	    (reader->roles & ROLE_ORGANISER) ? PRONOUNS_ORGANISER : PRONOUNS_GROUP);
}

struct check_in_rows
standup_check_ins(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	struct check_in_rows all = check_in_of_standup(
	    db, arena, &(struct check_in_of_standup_in){ .standup_id = standup->id });
	struct check_in *kept = arena_array(arena, all.count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		struct check_in one = all.rows[i];
		bool own = one.person_id == reader->person_id;

		one.pronouns =
		    pronouns_for(one.pronouns, one.pronouns_audience, one.person_id, reader);
		one.did = part_for(one.did, one.did_audience, own, reader);
		one.next = part_for(one.next, one.next_audience, own, reader);
		one.blocked = part_for(one.blocked, one.blocked_audience, own, reader);
		if (one.did[0] != '\0' || one.next[0] != '\0' || one.blocked[0] != '\0') {
			kept[count++] = one;
		}
	}
	return (struct check_in_rows){ kept, count };
}

static struct question_rows
questions_for(struct arena *arena, struct question_rows all, const struct standup_reader *reader)
{
	struct question *kept = arena_array(arena, all.count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		if (question_admits(&all.rows[i], reader)) {
			kept[count++] = all.rows[i];
		}
	}
	return (struct question_rows){ kept, count };
}

struct question_rows
standup_questions(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	return questions_for(arena,
	    question_of_standup(
		db, arena, &(struct question_of_standup_in){ .standup_id = standup->id }),
	    reader);
}

struct question_rows
standup_questions_before(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	return questions_for(arena,
	    question_unanswered_before(db, arena,
		&(struct question_unanswered_before_in){
		    .group_id = standup->group_id, .week = standup->week }),
	    reader);
}

struct answer_rows
standup_answers(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	struct answer_rows all = answer_of_standup(
	    db, arena, &(struct answer_of_standup_in){ .standup_id = standup->id });
	struct answer *kept = arena_array(arena, all.count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		if (answer_admits(&all.rows[i], reader)) {
			kept[count++] = all.rows[i];
		}
	}
	return (struct answer_rows){ kept, count };
}

struct highlight_rows
standup_highlights(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	struct highlight_rows all = highlight_of_standup(
	    db, arena, &(struct highlight_of_standup_in){ .standup_id = standup->id });
	struct highlight *kept = arena_array(arena, all.count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		if (all.rows[i].withdrawn_at == DB_NULL || (reader->roles & ROLES_FACILITATORS)) {
			kept[count++] = all.rows[i];
		}
	}
	return (struct highlight_rows){ kept, count };
}

struct highlight_line_rows
standup_highlights_before(struct db *db, struct arena *arena, const struct group *group)
{
	return highlight_of_group(
	    db, arena, &(struct highlight_of_group_in){ .group_id = group->id });
}

struct highlight_source_rows
standup_highlight_sources(struct db *db, struct arena *arena, const struct highlight *highlight)
{
	return highlight_quotes_of(
	    db, arena, &(struct highlight_quotes_of_in){ .highlight_id = highlight->id });
}

struct standup_quote_rows
standup_quotes(struct db *db, struct arena *arena, const struct standup *standup)
{
	return highlight_quotes_of_standup(
	    db, arena, &(struct highlight_quotes_of_standup_in){ .standup_id = standup->id });
}

struct attendance_rows
standup_attendance(struct db *db, struct arena *arena, const struct standup *standup,
    const struct standup_reader *reader)
{
	struct attendance_rows all = attendance_of_standup(
	    db, arena, &(struct attendance_of_standup_in){ .standup_id = standup->id });
	struct attendance *rows = arena_array(arena, all.count + 1, sizeof *rows);

	for (size_t i = 0; i < all.count; i++) {
		rows[i] = all.rows[i];
		rows[i].pronouns = pronouns_for(
		    rows[i].pronouns, rows[i].pronouns_audience, rows[i].person_id, reader);
	}
	return (struct attendance_rows){ rows, all.count };
}

bool
standup_question(struct db *db, struct arena *arena, const struct standup *standup, const char *key,
    const struct standup_reader *reader, struct question *question)
{
	return question_by_key(db, arena, &(struct question_by_key_in){ .key = key }, question) &&
	    question->standup_id == standup->id && question_admits(question, reader);
}

bool
standup_answer(struct db *db, struct arena *arena, const struct standup *standup, const char *key,
    const struct standup_reader *reader, struct answer *answer)
{
	return answer_by_key(db, arena, &(struct answer_by_key_in){ .key = key }, answer) &&
	    answer->standup_id == standup->id && answer_admits(answer, reader);
}

bool
standup_highlight(struct db *db, struct arena *arena, const struct standup *standup,
    const char *key, struct highlight *highlight)
{
	return highlight_by_key(
		   db, arena, &(struct highlight_by_key_in){ .key = key }, highlight) &&
	    highlight->standup_id == standup->id;
}

struct standup_group_rows
standup_groups(struct db *db, struct arena *arena, int64_t person_id, int64_t now)
{
	struct standup_group_rows all = standup_groups_of_person(db, arena,
	    &(struct standup_groups_of_person_in){
		.person_id = person_id, .ended_after = now - RIGHTS_READ_SECONDS, .now = now });
	struct standup_group *kept = arena_array(arena, all.count + 1, sizeof *kept);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		if (count == 0 || kept[count - 1].id != all.rows[i].id) {
			kept[count++] = all.rows[i];
		}
	}
	return (struct standup_group_rows){ kept, count };
}

bool
standup_member(struct db *db, struct arena *arena, const struct group *group, int64_t person_id,
    struct member *member)
{
	return member_acting(db, arena,
	    &(struct member_acting_in){
		.cohort_id = group->cohort_id, .group_id = group->id, .person_id = person_id },
	    member);
}
