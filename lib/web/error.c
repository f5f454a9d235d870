#include "web/error.h"
#include "web/message.h"
#include "web/page/error.h"

/* One page; they differ in words alone, so their structs are alike. */
#define ERROR_PAGE(status) \
	page_error_##status(out, frame, \
	    &(struct page_error_##status){ .if_request = request != NULL, .request = request })

void
error_page(struct bytes *out, const struct page_site *frame, int status, const char *request_id)
{
	const char *request =
	    request_id == NULL ? NULL : message_web_error_request(out->arena, request_id);

	switch (status) {
	case 400:
		ERROR_PAGE(400);
		break;
	case 403:
		ERROR_PAGE(403);
		break;
	case 404:
		ERROR_PAGE(404);
		break;
	case 405:
		ERROR_PAGE(405);
		break;
	case 413:
		ERROR_PAGE(413);
		break;
	case 415:
		ERROR_PAGE(415);
		break;
	case 429:
		ERROR_PAGE(429);
		break;
	case 502:
		ERROR_PAGE(502);
		break;
	case 503:
		ERROR_PAGE(503);
		break;
	case 504:
		ERROR_PAGE(504);
		break;
	default:
		ERROR_PAGE(500);
		break;
	}
}
