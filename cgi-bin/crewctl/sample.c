#include "crewctl.h"
int run_sample(struct crewctl *crewctl, const struct arguments *arguments) { (void)crewctl; (void)arguments; return CREWCTL_FAILED; }
