#ifndef GROUNDCREW_WEB_SMTP_OPTIONS_H
#define GROUNDCREW_WEB_SMTP_OPTIONS_H

#include <curl/curl.h>
#include <stdbool.h>

struct arena;
struct smtp_settings;

/* Tells libcurl the server, our name, who we are, how much it must prove and
 * how long anything may take.  False with a line for the operator in *problem
 * when the settings are not usable. */
bool smtp_options(
    struct arena *arena, CURL *curl, const struct smtp_settings *settings, const char **problem);

#endif
