#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "web/gzip.h"

struct bytes *
gzip_bytes(struct arena *arena, const void *data, size_t length)
{
	struct bytes *out = bytes_new(arena);
	gz_header header;
	z_stream stream;
	size_t room;
	char *buffer;
	int result;

	memset(&stream, 0, sizeof(stream));
	memset(&header, 0, sizeof(header));
	header.os = 255; /* unknown: the same on every machine */
	/* 15 bits of window, and 16 says gzip. */
	if (length > UINT32_MAX ||
	    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) !=
		Z_OK) {
		return NULL;
	}
	(void)deflateSetHeader(&stream, &header);
	room = deflateBound(&stream, (uLong)length);
	buffer = arena_alloc(arena, room);
	/* zlib reads this without writing; z_const is not set in Debian's. */
	memcpy(&stream.next_in, &data, sizeof(data));
	stream.avail_in = (uInt)length;
	stream.next_out = (Bytef *)buffer;
	stream.avail_out = (uInt)room;
	result = deflate(&stream, Z_FINISH);
	if (result == Z_STREAM_END) {
		bytes_append(out, buffer, room - stream.avail_out);
	}
	(void)deflateEnd(&stream);
	return result == Z_STREAM_END ? out : NULL;
}

/* A weight of 0, however many zeros it is written with, means "not". */
static bool
weight_is_zero(const char *parameters, size_t length)
{
	const char *end = parameters + length;
	const char *at = memchr(parameters, ';', length);

	while (at != NULL && at < end) {
		at++;
		at += strspn(at, " \t");
		if (at + 2 < end && (*at == 'q' || *at == 'Q') && at[1] == '=' && at[2] == '0') {
			at += 3;
			if (at < end && *at == '.') {
				at++;
			}
			at += strspn(at, "0");
			return at >= end || *at < '1' || *at > '9';
		}
		at = memchr(at, ';', (size_t)(end - at));
	}
	return false;
}

bool
gzip_is_accepted(const char *accept_encoding)
{
	bool any = false, any_is_known = false;
	const char *at = accept_encoding;

	while (at != NULL && *at != '\0') {
		size_t length, name;

		at += strspn(at, " \t,");
		length = strcspn(at, ",");
		name = strcspn(at, " \t,;");
		if ((name == 4 && strncasecmp(at, "gzip", 4) == 0) ||
		    (name == 6 && strncasecmp(at, "x-gzip", 6) == 0)) {
			return !weight_is_zero(at, length);
		}
		if (name == 1 && *at == '*') {
			any = !weight_is_zero(at, length);
			any_is_known = true;
		}
		at += length;
	}
	return any_is_known && any;
}
