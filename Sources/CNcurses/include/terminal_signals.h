#ifndef DARKROOM_TERMINAL_SIGNALS_H
#define DARKROOM_TERMINAL_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

// Signal handlers, in C because nothing of Swift's runtime may run in one.

enum {
    ts_resized = 1 << 0,
    ts_terminated = 1 << 1,
    ts_hung_up = 1 << 2,
    ts_interrupted = 1 << 3,
    ts_stop_requested = 1 << 4,
    ts_continued = 1 << 5,
};

/// Handles WINCH, TERM, HUP, INT, TSTP and CONT from now on: each sets its flag and adds one to the event descriptor.
///
/// A second TERM or INT gives the terminal back and ends the process at once, whatever the main thread does. So does the
/// time: 20 s after TERM or HUP.
void ts_install(int event_descriptor);
/// Takes back what newterm may have taken; nothing when not installed.
void ts_reassert(void);
/// Puts back what was there before ts_install.
void ts_uninstall(void);
/// The flags set since the last call.
unsigned ts_take(void);

/// Stops the whole process group as the terminal's suspend key would; returns once continued.
void ts_stop_process_group(void);
/// Returns at once in the foreground and where there is no job control. In the background it stops the process group, as the
/// terminal stops those that use it there, and returns when the group was continued in the foreground. False: the group is an
/// orphan in the background, and nobody is there who could continue it.
bool ts_await_foreground(int descriptor);

/// While a child has the terminal, as system(3) has it: INT and QUIT are the child's, TSTP stops the whole group. TERM
/// and HUP are passed on to the child, once it is named.
void ts_begin_foreground_child(void);
void ts_set_foreground_child(int process);
void ts_end_foreground_child(void);

/// What a crash writes to `descriptor` before it goes on to crash; at most 256 bytes. Also remembers the terminal's
/// present attributes on the first call after ts_disarm, and `standard_error`, which becomes descriptor 2 again
/// (-1: leave it).
void ts_arm(int descriptor, const char *reset, size_t length, int standard_error);
void ts_disarm(void);
/// Handles every signal that would end the process, but those of ts_install, with a stack of its own: the terminal is
/// given back first. What is ignored stays ignored. Once only.
void ts_install_crash_handlers(void);

#endif
