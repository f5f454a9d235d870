/*
 * The sample programme, loaded on ordinary days and on those on which clocks
 * and calendars do something, early, at noon and late.
 */
#ifndef TESTS_PROGRAM_CREWCTL_DAYS_H
#define TESTS_PROGRAM_CREWCTL_DAYS_H

#include <stdint.h>

#include "harness.h"

#define DAYS_FILE "conf/sample/programme.json"

#define DAYS_COUNT(list) (sizeof(list) / sizeof *(list))

extern const struct program days_program;

/* crewctl's sample of a file, at an instant: what it ends with. */
int days_load_file(struct harness *h, const char *path, int64_t now);

/* A harness with the sample of that instant. */
struct harness *days_loaded(int64_t now);

/* cmocka's set-up and tear-down of a group of tests: a sample of each instant,
 * for tests that only look; days_first is one of them. */
int days_load(void **state);
int days_free(void **state);

struct harness *days_first(void);

/* Runs a check over all of them, in a read transaction. */
void days_check(void (*check)(struct harness *h, int64_t now));

#endif
