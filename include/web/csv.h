/*
 * Tables as comma-separated values (RFC 4180), for whoever goes on in a
 * spreadsheet.
 *
 *	csv_start(out);
 *	csv_cell(out, "name"); csv_cell(out, "score"); csv_end(out);
 *	csv_cell(out, name); csv_number(out, 7); csv_end(out);
 *
 * The text is UTF-8 and begins with a byte order mark, without which some
 * spreadsheets take it for another charset. Rows end in CR LF. A cell with a
 * comma, a semicolon, a quotation mark, an apostrophe, a line end or a TAB, or
 * with a blank at either end, stands in quotation marks, and those in it are
 * doubled.
 *
 * A cell that begins with = + - @ TAB or CR would be calculated by a
 * spreadsheet, which could send what stands beside it elsewhere: an apostrophe
 * is put before it (safety rule 37). Line ends within a cell are LF.
 */
#ifndef WEB_CSV_H
#define WEB_CSV_H

#include <stdint.h>

#include "ground/bytes.h"

/* What the media type of such an answer is. */
#define CSV_TYPE "text/csv; charset=utf-8; header=present"

/* The byte order mark: at the beginning of a table, once. */
void csv_start(struct bytes *out);

/* Adds a cell to the row; NULL is an empty one. */
void csv_cell(struct bytes *out, const char *text);

/* A whole number of our own, which may be below 0. */
void csv_number(struct bytes *out, int64_t number);

/* A number in thousandths with two decimals, halves away from 0: "6.25". */
void csv_thousandths(struct bytes *out, int64_t thousandths);

/* Ends the row, which has a cell at least. */
void csv_end(struct bytes *out);

#endif
