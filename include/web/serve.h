/*
 * The FastCGI loop: the only module that knows libfcgi.
 *
 * serve() is a program's whole main. In this order it reads the site from the
 * environment, refuses an incomplete route table, reads the zones, starts
 * libsodium, loads and freezes the templates, opens the database, runs one
 * SELECT (a read-only WAL open needs it), opens the courier's FIFO, enters
 * the sandbox, and accepts on descriptor 0, which a parent owns (spawn-fcgi,
 * systemd). It never opens a socket of its own.
 *
 * Per request: request, answer, one logfmt line, courier woken if mail was
 * queued, session touched, arena reset. SIGTERM and SIGUSR1 finish the
 * request in flight, then the loop ends (safety rule 43). A worker that runs
 * out of descriptors exits and is respawned (rule 50); SIGXFSZ is ignored so
 * that a file-size limit is an answer of 503 (rule 45).
 *
 * Returns the exit status: 0 after a signal, 64 for a bad configuration, 69
 * for a database or templates that cannot be used, 71 for accept failing, 77
 * for a sandbox that was required and is lacking (sysexits.h).
 */
#ifndef WEB_SERVE_H
#define WEB_SERVE_H

#include "web/route.h"

int serve(const struct program *program);

#endif
