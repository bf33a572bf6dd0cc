// A shared library that is loaded at its first use.
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct library_function {
    const char *name;
    void **address;
};

/// Loads the library for good and finds each function. False: `failure` holds the loader's words, ended by a zero, and no
/// address may be used.
bool library_load(
    const char *library, const struct library_function *functions, size_t count, char *failure, size_t failure_size);

#endif
