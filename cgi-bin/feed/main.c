#include "feed.h"
#include "web/serve.h"

int
main(void)
{
	return serve(&feed_program);
}
