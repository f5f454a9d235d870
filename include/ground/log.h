#ifndef GROUND_LOG_H
#define GROUND_LOG_H

/*
 * One line an event, on stderr, as logfmt: key=value separated by spaces.
 *
 *     time=2026-11-22T07:00:00Z level=info program=apply status=303
 *
 * Whatever a value holds, an event stays one line and a value stays one value
 * (safety 39).  Addresses, query strings, bodies and tokens never go in.
 */

enum log_level {
	LOG_LEVEL_INFO = 1, /* something happened, as it should */
	LOG_LEVEL_WARNING, /* the service goes on, with less */
	LOG_LEVEL_ERROR /* somebody did not get what they asked for */
};

/*
 * Name the program on every line from now on.  `program` must outlive the
 * process's logging, as a string literal does.  Without it "program" is left
 * out.
 */
void log_start(const char *program);

/*
 * Write one line: `log_line(LOG_LEVEL_INFO, "route=%s status=%d", …)`.
 *
 * The format is the programmer's and is copied as it stands.  Conversions
 * understood are %s, %c, %d, %i, %u, %x with no length or with l, ll, z or
 * hh/h, and %%; no flags, widths or precisions.  At any other the line ends
 * with "format=unknown".
 *
 * A text value of letters, digits and . _ - : / @ + , ~ only is written as it
 * is; any other (also the empty one) in double quotes with \" \\ \n \r \t and
 * \xNN for every byte outside printable ASCII; NULL is written as null.
 *
 * A line is at most 4096 bytes with its line feed, so that lines of several
 * processes on one pipe do not mix (POSIX PIPE_BUF); a longer one ends with
 * " cut=yes".  It is written with one write(2); a failing write is ignored,
 * since there is nowhere to tell.  errno is left as it was.
 */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
