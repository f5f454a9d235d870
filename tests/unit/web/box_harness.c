/* The programs' tests and this floor's share one box. */
#include "../../program/harness.c"
#include "../../program/harness_answer.c"
