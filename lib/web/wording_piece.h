/*
 * Words with {placeholders}, taken apart; {{ and }} stand for braces.
 */
#ifndef GROUNDCREW_WEB_WORDING_PIECE_H
#define GROUNDCREW_WEB_WORDING_PIECE_H

#include <stddef.h>

enum wording_piece_kind {
	WORDING_PIECE_END = 1,
	WORDING_PIECE_WORDS,
	/* text is the name between the braces */
	WORDING_PIECE_HOLE,
	/* A brace that opens or closes nothing. */
	WORDING_PIECE_BROKEN
};

struct wording_piece {
	enum wording_piece_kind kind;
	const char *text;
	size_t length;
};

/* The piece at *at, which moves behind it; not behind what is broken. */
struct wording_piece wording_piece_next(const char **at);

#endif
