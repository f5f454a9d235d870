#include "web/csv.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

void
csv_start(struct bytes *out)
{
	bytes_text(out, "\xef\xbb\xbf");
}

/* Every cell ends in a comma; that of the last is taken back by csv_end. */
static void
cell_end(struct bytes *out)
{
	bytes_char(out, ',');
}

static bool
is_calculated(const char *text)
{
	return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static bool
is_quoted(const char *text)
{
	size_t length = strlen(text);

	return is_calculated(text) || text[strcspn(text, ",;\"'\r\n\t")] != '\0' ||
	    (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
}

/* Quotation marks doubled, CR LF and CR as LF. */
static void
quoted(struct bytes *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"') {
			bytes_text(out, "\"\"");
		} else if (*text != '\r') {
			bytes_char(out, *text);
		} else if (text[1] != '\n') {
			bytes_char(out, '\n');
		}
	}
}

void
csv_cell(struct bytes *out, const char *text)
{
	if (text != NULL && is_quoted(text)) {
		bytes_text(out, is_calculated(text) ? "\"'" : "\"");
		quoted(out, text);
		bytes_char(out, '"');
	} else {
		bytes_text(out, text);
	}
	cell_end(out);
}

void
csv_number(struct bytes *out, int64_t number)
{
	bytes_format(out, "%" PRId64, number);
	cell_end(out);
}

void
csv_thousandths(struct bytes *out, int64_t thousandths)
{
	int64_t size = thousandths < 0 ? -thousandths : thousandths;
	int64_t hundredths = (size + 5) / 10;

	bytes_format(out, "%s%" PRId64 ".%02" PRId64, thousandths < 0 && hundredths > 0 ? "-" : "",
	    hundredths / 100, hundredths % 100);
	cell_end(out);
}

void
csv_end(struct bytes *out)
{
	out->data[--out->length] = '\0';
	bytes_text(out, "\r\n");
}
