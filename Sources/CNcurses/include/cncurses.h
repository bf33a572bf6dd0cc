#ifndef DARKROOM_CNCURSES_H
#define DARKROOM_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What Swift cannot import: variables, cast macros, and functions glibc hides behind _GNU_SOURCE.

enum {
    cn_bold = 1 << 0,
    cn_dim = 1 << 1,
    cn_italic = 1 << 2,
    cn_underline = 1 << 3,
    cn_reverse = 1 << 4,
};

static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline WINDOW *cn_curscr(void) { return curscr; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }

/// Starts a screen on two descriptors of its own; NULL when the terminal is unknown to the terminfo database.
/// The descriptors are duplicated.
void *cn_open(const char *terminal, int output, int input);
/// The opposite of cn_open, after endwin.
void cn_close(void *screen);
/// Whether the entry can address the cursor, without which nothing can be drawn.
bool cn_can_address_cursor(void);

/// Puts one cell: `text` holds `count` scalars, the first of them spacing.
void cn_put(int row, int column, const uint32_t *text, int count, unsigned attributes, int pair);

int cn_wcwidth(uint32_t scalar);
bool cn_locale_is_utf8(void);
/// Takes LC_CTYPE from the environment, or a UTF-8 locale where that says nothing about the character set (`C`, unset,
/// not installed). Returns whether it is UTF-8 now; false where the environment names another character set.
bool cn_adopt_utf8_locale(void);

/// A non-blocking, close-on-exec event descriptor, or -1.
int cn_eventfd(void);

/// glibc hides it behind _GNU_SOURCE: closes every descriptor from `from` up in the child, marked close-on-exec or not.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

#endif
