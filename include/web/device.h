/*
 * A device in a few words, so that its owner knows it again in the list of
 * their sessions: "Firefox on Android". As coarse as it can be: no version, no
 * model, nothing that tells two of a kind apart.
 */
#ifndef WEB_DEVICE_H
#define WEB_DEVICE_H

#include "ground/arena.h"

/*
 * What a User-Agent (RFC 9110, section 10.1.5) says of browser and system, in
 * words of at most 60 letters; "" when it names neither that we know, or is
 * NULL. Whatever it holds, nothing of it is in the words.
 */
const char *device_words(struct arena *arena, const char *user_agent);

#endif
