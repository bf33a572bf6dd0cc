#define _GNU_SOURCE
#include "terminal_signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
static const unsigned flags[] = {ts_resized,     ts_terminated,     ts_hung_up,
                                 ts_interrupted, ts_stop_requested, ts_continued};
static struct sigaction before[COUNT(watched)];
static bool installed;
static atomic_uint pending;
static atomic_int event_descriptor = -1;

static void remember(int number) {
    int saved = errno;
    for (size_t i = 0; i < COUNT(watched); i++)
        if (watched[i] == number) atomic_fetch_or(&pending, flags[i]);
    int descriptor = atomic_load(&event_descriptor);
    if (descriptor >= 0) {
        uint64_t one = 1;
        ssize_t ignored = write(descriptor, &one, sizeof one);
        (void)ignored;
    }
    errno = saved;
}

static void handle(int number, void (*handler)(int), struct sigaction *old) {
    struct sigaction action = {.sa_flags = SA_RESTART};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, old);
}

void ts_install(int descriptor) {
    atomic_store(&event_descriptor, descriptor);
    for (size_t i = 0; i < COUNT(watched); i++) handle(watched[i], remember, installed ? NULL : &before[i]);
    installed = true;
}

void ts_reassert(void) {
    if (installed)
        for (size_t i = 0; i < COUNT(watched); i++) handle(watched[i], remember, NULL);
}

void ts_uninstall(void) {
    if (installed)
        for (size_t i = 0; i < COUNT(watched); i++) sigaction(watched[i], &before[i], NULL);
    installed = false;
    atomic_store(&event_descriptor, -1);
}

unsigned ts_take(void) { return atomic_exchange(&pending, 0); }

void ts_stop_process_group(void) {
    struct sigaction old;
    handle(SIGTSTP, SIG_DFL, &old);
    sigset_t set, mask;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &set, &mask);
    kill(0, SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &old, NULL);
}

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
static struct sigaction crash_before[COUNT(crashes)];
static atomic_int armed_descriptor = -1;
static atomic_int armed_error = -1;
static char reset_bytes[256];
static atomic_size_t reset_length;
static struct termios attributes;
static bool has_attributes;

static void crash(int number, siginfo_t *info, void *context) {
    (void)context;
    int descriptor = atomic_exchange(&armed_descriptor, -1);
    if (descriptor >= 0) {
        ssize_t ignored = write(descriptor, reset_bytes, atomic_load(&reset_length));
        (void)ignored;
        if (has_attributes) tcsetattr(descriptor, TCSANOW, &attributes);
        int standard_error = atomic_load(&armed_error);
        if (standard_error >= 0) dup2(standard_error, STDERR_FILENO);
    }
    for (size_t i = 0; i < COUNT(crashes); i++)
        if (crashes[i] == number) sigaction(number, &crash_before[i], NULL);
    // A fault happens again on return, under the former handler and with the true context. A signal that was sent
    // would not.
    if (info->si_code <= 0 || number == SIGQUIT || number == SIGTRAP) raise(number);
}

void ts_install_crash_handlers(void) {
    static bool done;
    if (done) return;
    done = true;
    static char stack_memory[64 << 10];
    stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory}, current;
    // Someone else's alternate stack, such as the backtracer's, serves as well.
    if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
    for (size_t i = 0; i < COUNT(crashes); i++) {
        struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
        action.sa_sigaction = crash;
        sigemptyset(&action.sa_mask);
        sigaction(crashes[i], &action, &crash_before[i]);
    }
}

void ts_arm(int descriptor, const char *reset, size_t length, int standard_error) {
    atomic_store(&armed_descriptor, -1);
    if (!has_attributes) has_attributes = tcgetattr(descriptor, &attributes) == 0;
    if (length > sizeof reset_bytes) length = sizeof reset_bytes;
    memcpy(reset_bytes, reset, length);
    atomic_store(&reset_length, length);
    atomic_store(&armed_error, standard_error);
    atomic_store(&armed_descriptor, descriptor);
}

void ts_disarm(void) {
    atomic_store(&armed_descriptor, -1);
    has_attributes = false;
}
