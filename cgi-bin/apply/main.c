#include "apply.h"
#include "web/serve.h"

int
main(void)
{
	return serve(&apply_program);
}
