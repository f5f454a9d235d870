#ifndef TESTS_PROGRAM_ALL_BEFORE_H
#define TESTS_PROGRAM_ALL_BEFORE_H

struct harness;
struct route;

/* Makes of the world what it must be that a button can be pressed which it
 * refuses as it is: before its week 1 for a decision, a draft for publishing. */
void world_prepare(struct harness *h, const struct route *route);

#endif
