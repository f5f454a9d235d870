#ifndef CREWCTL_MAIL_TEST_H
#define CREWCTL_MAIL_TEST_H

struct crewctl;

/*
 * Sends a mail to the address now, the way the courier does, and says what
 * became of it.  Nothing is queued or noted.  Returns crewctl's exit code: a
 * failure when it was not taken.
 */
int mail_test(struct crewctl *crewctl, const char *address);

#endif
