#include "standup.h"
#include "web/serve.h"

int
main(void)
{
	return serve(&standup_program);
}
