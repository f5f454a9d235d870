#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* The fuzzer's door (libFuzzer); each file here has one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
