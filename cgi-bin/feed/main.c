#include "feed.h"
#include "web/calendar.h"
#include "web/serve.h"

int
main(void)
{
	calendar_start();
	return serve(&feed_program);
}
