#include "library.h"
#include <dlfcn.h>
#include <stdio.h>

bool library_load(
    const char *library, const struct library_function *functions, size_t count, char *failure, size_t failure_size) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    bool isWhole = handle != NULL;
    for (size_t i = 0; isWhole && i < count; i++) {
        *functions[i].address = dlsym(handle, functions[i].name);
        isWhole = *functions[i].address != NULL;
    }
    if (isWhole) return true;
    const char *reason = dlerror();
    snprintf(failure, failure_size, "%s", reason ? reason : library);
    return false;
}
