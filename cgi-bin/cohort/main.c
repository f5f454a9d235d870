#include "cohort.h"
#include "web/serve.h"

int
main(void)
{
	return serve(&cohort_program);
}
