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

// After the first request to end, the main thread has so many seconds to do it in order.
enum { most_seconds_to_end = 20 };

static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
static const unsigned flags[] = {ts_resized,     ts_terminated,     ts_hung_up,
                                 ts_interrupted, ts_stop_requested, ts_continued};
static struct sigaction before[COUNT(watched)];
static bool installed;
static atomic_uint pending;
static atomic_int event_descriptor = -1;
static atomic_int requests_to_end;
static atomic_int foreground_child = -1;

static atomic_int armed_descriptor = -1;
static atomic_int armed_error = -1;
static char reset_bytes[256];
static atomic_size_t reset_length;
static struct termios attributes;
static bool has_attributes;

// Gives the terminal back from a signal handler, once.
static void restore_terminal(void) {
    int descriptor = atomic_exchange(&armed_descriptor, -1);
    if (descriptor < 0) return;
    ssize_t ignored = write(descriptor, reset_bytes, atomic_load(&reset_length));
    (void)ignored;
    if (has_attributes) tcsetattr(descriptor, TCSANOW, &attributes);
    int standard_error = atomic_load(&armed_error);
    if (standard_error >= 0) dup2(standard_error, STDERR_FILENO);
}

static void handle(int number, void (*handler)(int), struct sigaction *old) {
    struct sigaction action = {.sa_flags = SA_RESTART};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, old);
}

// Ends the process by the signal's own default action, with the terminal as it was.
static void end_by(int number) {
    restore_terminal();
    handle(number, SIG_DFL, NULL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
}

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
    if (number == SIGTERM || number == SIGHUP) {
        int child = atomic_load(&foreground_child);
        if (child > 0) kill(child, number);
        // Whatever the main thread does: a terminal that is gone asks for nothing a second time.
        alarm(most_seconds_to_end);
    }
    // A closing window may send two HUP at once, which is one request.
    if ((number == SIGTERM || number == SIGINT) && atomic_fetch_add(&requests_to_end, 1) > 0) end_by(number);
    errno = saved;
}

void ts_install(int descriptor) {
    atomic_store(&event_descriptor, descriptor);
    atomic_store(&requests_to_end, 0);
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
    atomic_fetch_and(&pending, ~(unsigned)(ts_stop_requested | ts_continued));
}

bool ts_await_foreground(int descriptor) {
    // tcflow is for its check alone: the kernel compares the groups and stops this one in a single step. A comparison of our
    // own could be overtaken by the shell's fg, and the program would stop in the foreground. CONT restarts the call.
    int result;
    do result = tcflow(descriptor, TCOON);
    while (result < 0 && errno == EINTR);
    atomic_fetch_and(&pending, ~(unsigned)ts_continued);
    // Where the descriptor is no terminal there is no job control here, and nobody to disturb.
    return result == 0 || errno != EIO;
}

static const int left_to_child[] = {SIGINT, SIGQUIT, SIGTSTP};
static struct sigaction kept[COUNT(left_to_child)];

void ts_begin_foreground_child(void) {
    for (size_t i = 0; i < COUNT(left_to_child); i++)
        handle(left_to_child[i], left_to_child[i] == SIGTSTP ? SIG_DFL : SIG_IGN, &kept[i]);
}

void ts_set_foreground_child(int process) {
    atomic_store(&foreground_child, process);
    // What came between is the child's too.
    if (atomic_load(&pending) & (ts_terminated | ts_hung_up)) kill(process, SIGTERM);
}

void ts_end_foreground_child(void) {
    atomic_store(&foreground_child, -1);
    for (size_t i = 0; i < COUNT(left_to_child); i++) sigaction(left_to_child[i], &kept[i], NULL);
    atomic_fetch_and(&pending, ~(unsigned)(ts_interrupted | ts_stop_requested | ts_continued));
}

// Faults happen again on return, under the former handler and with the true context. The others would not.
static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
static const int fatal[] = {SIGSEGV, SIGBUS,  SIGILL,    SIGFPE,  SIGTRAP, SIGABRT, SIGQUIT,   SIGUSR1, SIGUSR2,
                            SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGSYS,  SIGSTKFLT, SIGIO,   SIGPWR};
static struct sigaction fatal_before[NSIG];

static void end(int number, siginfo_t *info, void *context) {
    (void)context;
    restore_terminal();
    // The alarm that stands behind a request to end.
    if (number == SIGALRM && (atomic_load(&pending) & (ts_terminated | ts_hung_up) || atomic_load(&requests_to_end) > 0))
        end_by(SIGTERM);
    sigaction(number, &fatal_before[number], NULL);
    for (size_t i = 0; i < COUNT(faults); i++)
        if (faults[i] == number && info->si_code > 0) return;
    raise(number);
}

static void install_fatal(int number) {
    struct sigaction current;
    if (sigaction(number, NULL, &current) != 0) return;
    // What somebody ignores, such as with nohup, stays ignored.
    if (!(current.sa_flags & SA_SIGINFO) && current.sa_handler == SIG_IGN) return;
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    action.sa_sigaction = end;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, &fatal_before[number]);
}

void ts_install_crash_handlers(void) {
    static bool done;
    if (done) return;
    done = true;
    static char stack_memory[64 << 10];
    stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory}, current;
    // Someone else's alternate stack, such as the backtracer's, serves as well.
    if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&stack, NULL);
    for (size_t i = 0; i < COUNT(fatal); i++) install_fatal(fatal[i]);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) install_fatal(number);
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
