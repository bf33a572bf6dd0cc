#define _GNU_SOURCE
#include "cncurses.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

struct cn_screen {
    SCREEN *screen;
    FILE *output;
    FILE *input;
};

static FILE *duplicate(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

static void release(struct cn_screen *opened) {
    if (opened->output) fclose(opened->output);
    if (opened->input) fclose(opened->input);
    free(opened);
}

void *cn_open(const char *terminal, int output, int input) {
    struct cn_screen *opened = calloc(1, sizeof *opened);
    if (!opened) return NULL;
    opened->output = duplicate(output, "w");
    opened->input = duplicate(input, "r");
    if (opened->output && opened->input) opened->screen = newterm(terminal, opened->output, opened->input);
    if (!opened->screen) {
        release(opened);
        return NULL;
    }
    return opened;
}

void cn_close(void *screen) {
    struct cn_screen *opened = screen;
    delscreen(opened->screen);
    release(opened);
}

bool cn_can_address_cursor(void) {
    const char *capability = tigetstr("cup");
    return capability != NULL && capability != (char *)-1;
}

void cn_put(int row, int column, const uint32_t *text, int count, unsigned attributes, int pair) {
    wchar_t terminated[CCHARW_MAX + 1] = {0};
    if (count > CCHARW_MAX) count = CCHARW_MAX;
    for (int i = 0; i < count; i++) terminated[i] = (wchar_t)text[i];
    attr_t style = 0;
    if (attributes & cn_bold) style |= A_BOLD;
    if (attributes & cn_dim) style |= A_DIM;
    if (attributes & cn_italic) style |= A_ITALIC;
    if (attributes & cn_underline) style |= A_UNDERLINE;
    if (attributes & cn_reverse) style |= A_REVERSE;
    cchar_t cell;
    // The pair goes through the last argument: the short one before it cannot hold all of them.
    if (setcchar(&cell, terminated, style, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

int cn_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

bool cn_locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

// The character set that the environment names outright, as in `de_DE.ISO-8859-1`; NULL where it names none. `C` means
// ASCII only in LC_ALL, which nobody sets by accident; LANG is `C` or missing on many machines with a terminal in UTF-8.
static const char *named_codeset(void) {
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (!value || !*value) continue;
        if (i == 0 && (strcmp(value, "C") == 0 || strcmp(value, "POSIX") == 0)) return "ASCII";
        const char *dot = strchr(value, '.');
        return dot ? dot + 1 : NULL;
    }
    return NULL;
}

bool cn_adopt_utf8_locale(void) {
    const char *codeset = named_codeset();
    if (codeset && strncasecmp(codeset, "utf", 3) != 0) {
        setlocale(LC_CTYPE, "");
        return false;
    }
    static const char *const candidates[] = {"", "C.UTF-8", "en_US.UTF-8", "UTF-8"};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (setlocale(LC_CTYPE, candidates[i]) && cn_locale_is_utf8()) return true;
    setlocale(LC_CTYPE, "");
    return false;
}

int cn_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
