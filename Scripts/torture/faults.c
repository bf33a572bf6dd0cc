// Stands between a program and the kernel for the files of one folder: makes the N-th call fail, and writes down in which
// order bytes were written and made durable. Loaded with LD_PRELOAD by Scripts/torture.py; no part of the program.
//
// FAULTS_FOLDER  the folder; other files are left alone
// FAULTS_FAIL    CALL:NUMBER:ERRNO[:SHORT]: the NUMBER-th call of this name fails; "any" counts every name; a NUMBER with
//                "+" fails from that one on; SHORT has a write take half of its bytes instead of failing
// FAULTS_COUNT   a file that gets one line for every call that could have failed
// FAULTS_RECORD  a file that gets what was written and synchronized, for a simulated loss of power
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { most_descriptors = 4096 };
static bool watched[most_descriptors];
static char folder[PATH_MAX];
static char fail_call[32];
static long fail_number, calls;
static int fail_errno;
static bool fails_on, takes_half, is_active;
static int count_file = -1, record_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define real(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int open_log(const char *variable) {
    const char *path = getenv(variable);
    return path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAULTS_FOLDER"), *fail = getenv("FAULTS_FAIL");
    if (!path || !realpath(path, folder)) return;
    if (fail) {
        char number[32] = "", rest[32] = "";
        sscanf(fail, "%31[^:]:%31[^:]:%d:%31s", fail_call, number, &fail_errno, rest);
        fail_number = atol(number);
        fails_on = strchr(number, '+') != NULL;
        takes_half = strcmp(rest, "SHORT") == 0;
    }
    count_file = open_log("FAULTS_COUNT");
    record_file = open_log("FAULTS_RECORD");
    is_active = true;
}

static void raw(int file, const void *data, size_t length) {
    while (length > 0) {
        long done = syscall(SYS_write, file, data, length);
        if (done <= 0) return;
        data = (const char *)data + done;
        length -= (size_t)done;
    }
}

__attribute__((format(printf, 1, 2))) static void record(const char *format, ...) {
    if (record_file < 0) return;
    char line[3 * PATH_MAX];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(line, sizeof line, format, list);
    va_end(list);
    raw(record_file, line, (size_t)length);
}

// Paths are made absolute by hand: the file may not be there yet.
static bool is_watched(int directory, const char *path, char *full) {
    if (!is_active || !path) return false;
    if (path[0] == '/') snprintf(full, PATH_MAX, "%s", path);
    else {
        char base[PATH_MAX] = "";
        if (directory == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return false;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
            ssize_t length = readlink(link, base, sizeof base - 1);
            if (length < 0) return false;
            base[length] = 0;
        }
        snprintf(full, PATH_MAX, "%s/%.*s", base, (int)(PATH_MAX - strlen(base) - 2), path);
    }
    size_t length = strlen(folder);
    if (strncmp(full, folder, length) != 0 || full[length] != '/') return false;
    size_t end = strlen(full);
    // Notes for people: what becomes of them decides nothing.
    return end < 4 || strcmp(full + end - 4, ".log") != 0;
}

static bool is_watched_file(int file) { return is_active && file >= 0 && file < most_descriptors && watched[file]; }

// Whether this call is to fail; sets errno. Called with the lock held.
static bool fails(const char *call, const char *what) {
    if (count_file >= 0) {
        char line[PATH_MAX + 64];
        int length = snprintf(line, sizeof line, "%s %s\n", call, what);
        raw(count_file, line, (size_t)length);
    }
    if (!fail_number || (strcmp(fail_call, "any") != 0 && strcmp(fail_call, call) != 0)) return false;
    calls++;
    if (calls != fail_number && !(fails_on && calls > fail_number)) return false;
    errno = fail_errno;
    return true;
}

static uint64_t inode(int file) {
    struct stat status;
    return fstat(file, &status) == 0 ? status.st_ino : 0;
}

static const char *name_of(int file, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

#define ENTER pthread_mutex_lock(&lock)
#define LEAVE pthread_mutex_unlock(&lock)

// MARK: Opening

static int opening(const char *call, int directory, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!is_watched(directory, path, full)) {
        int file = (int)syscall(SYS_openat, directory, path, flags, mode);
        if (file >= 0 && file < most_descriptors) watched[file] = false;
        return file;
    }
    ENTER;
    int file = -1;
    if (!fails(call, full)) {
        file = (int)syscall(SYS_openat, directory, path, flags, mode);
        if (file >= 0 && file < most_descriptors) {
            watched[file] = true;
            struct stat status;
            if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
                record("O %lu %ld %s\n", (unsigned long)status.st_ino, (long)status.st_size, full);
            else record("H %lu %s\n", (unsigned long)inode(file), full);
        }
    }
    int error = errno;
    LEAVE;
    errno = error;
    return file;
}

#define MODE(flags)                                        \
    mode_t mode = 0;                                       \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {               \
        va_list list;                                      \
        va_start(list, flags);                             \
        mode = va_arg(list, mode_t);                       \
        va_end(list);                                      \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opening("open", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) {
    MODE(flags) return opening("open", AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
int openat(int directory, const char *path, int flags, ...) {
    MODE(flags) return opening("open", directory, path, flags, mode);
}
int openat64(int directory, const char *path, int flags, ...) {
    MODE(flags) return opening("open", directory, path, flags | O_LARGEFILE, mode);
}
int creat(const char *path, mode_t mode) { return opening("open", AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int file) {
    if (file >= 0 && file < most_descriptors) watched[file] = false;
    return (int)syscall(SYS_close, file);
}

// MARK: Writing

static ssize_t writing(const char *call, int file, const void *data, size_t length, off_t offset) {
    char path[PATH_MAX];
    ENTER;
    size_t wanted = length;
    bool isFailure = fails(call, name_of(file, path));
    if (isFailure && takes_half && length > 1) {
        isFailure = false;
        wanted = length / 2;
    }
    ssize_t done = -1;
    if (!isFailure) {
        off_t at = offset >= 0 ? offset : lseek(file, 0, SEEK_CUR);
        done = offset >= 0 ? syscall(SYS_pwrite64, file, data, wanted, offset) : syscall(SYS_write, file, data, wanted);
        if (done > 0 && record_file >= 0) {
            // Appending goes to the end, wherever the position was.
            if (offset < 0 && (fcntl(file, F_GETFL) & O_APPEND)) at = lseek(file, 0, SEEK_END) - done;
            record("W %lu %ld %zd\n", (unsigned long)inode(file), (long)at, done);
            raw(record_file, data, (size_t)done);
        }
    }
    int error = errno;
    LEAVE;
    errno = error;
    return done;
}

ssize_t write(int file, const void *data, size_t length) {
    if (!is_watched_file(file)) return syscall(SYS_write, file, data, length);
    return writing("write", file, data, length, -1);
}
ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    if (!is_watched_file(file)) return syscall(SYS_pwrite64, file, data, length, offset);
    return writing("pwrite", file, data, length, offset);
}
ssize_t pwrite64(int file, const void *data, size_t length, off_t offset) { return pwrite(file, data, length, offset); }
ssize_t writev(int file, const struct iovec *parts, int count) {
    if (!is_watched_file(file)) return syscall(SYS_writev, file, parts, count);
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write(file, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) return all > 0 ? all : -1;
        all += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return all;
}

// MARK: The rest

#define ON_FILE(call, expression, note)                       \
    if (!is_watched_file(file)) return (int)(expression);     \
    char path[PATH_MAX];                                      \
    ENTER;                                                    \
    int result = fails(call, name_of(file, path)) ? -1 : (int)(expression); \
    int error = errno;                                        \
    if (result == 0) { note; }                                \
    LEAVE;                                                    \
    errno = error;                                            \
    return result;

int fsync(int file) { ON_FILE("fsync", syscall(SYS_fsync, file), record("F %lu\n", (unsigned long)inode(file))) }
int fdatasync(int file) {
    ON_FILE("fsync", syscall(SYS_fdatasync, file), record("F %lu\n", (unsigned long)inode(file)))
}
int ftruncate(int file, off_t length) {
    ON_FILE("ftruncate", syscall(SYS_ftruncate, file, length),
            record("T %lu %ld\n", (unsigned long)inode(file), (long)length))
}
int ftruncate64(int file, off_t length) { return ftruncate(file, length); }
int flock(int file, int operation) { ON_FILE("flock", syscall(SYS_flock, file, operation), ) }
int fchmod(int file, mode_t mode) { ON_FILE("fchmod", syscall(SYS_fchmod, file, mode), ) }

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    if (is_watched_file(file)) {
        char path[PATH_MAX];
        ENTER;
        bool isFailure = fails("mmap", name_of(file, path));
        LEAVE;
        if (isFailure) return MAP_FAILED;
    }
    return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}
void *mmap64(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    return mmap(address, length, protection, flags, file, offset);
}

#define ON_PATHS(call, from_directory, from, to_directory, to, expression, letter)        \
    char first[PATH_MAX], second[PATH_MAX];                                               \
    bool isWatched = is_watched(to_directory, to, second) & is_watched(from_directory, from, first); \
    if (!isWatched) return (int)(expression);                                             \
    ENTER;                                                                                \
    int result = fails(call, second) ? -1 : (int)(expression);                            \
    int error = errno;                                                                    \
    if (result == 0) record(letter " %s\t%s\n", first, second);                           \
    LEAVE;                                                                                \
    errno = error;                                                                        \
    return result;

int rename(const char *from, const char *to) {
    ON_PATHS("rename", AT_FDCWD, from, AT_FDCWD, to, syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0), "R")
}
int renameat(int a, const char *from, int b, const char *to) {
    ON_PATHS("rename", a, from, b, to, syscall(SYS_renameat2, a, from, b, to, 0), "R")
}
int link(const char *from, const char *to) {
    ON_PATHS("link", AT_FDCWD, from, AT_FDCWD, to, syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0), "L")
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    ON_PATHS("link", a, from, b, to, syscall(SYS_linkat, a, from, b, to, flags), "L")
}

#define ON_PATH(call, directory, name, expression, letter)   \
    char full[PATH_MAX];                                     \
    if (!is_watched(directory, name, full)) return (int)(expression); \
    ENTER;                                                   \
    int result = fails(call, full) ? -1 : (int)(expression); \
    int error = errno;                                       \
    if (result == 0) record(letter " %s\n", full);           \
    LEAVE;                                                   \
    errno = error;                                           \
    return result;

int unlink(const char *path) { ON_PATH("unlink", AT_FDCWD, path, syscall(SYS_unlinkat, AT_FDCWD, path, 0), "U") }
int unlinkat(int directory, const char *path, int flags) {
    ON_PATH("unlink", directory, path, syscall(SYS_unlinkat, directory, path, flags), "U")
}
int mkdir(const char *path, mode_t mode) {
    ON_PATH("mkdir", AT_FDCWD, path, syscall(SYS_mkdirat, AT_FDCWD, path, mode), "D")
}

// MARK: The network: only when a creation leaves is of interest

ssize_t send(int socket, const void *data, size_t length, int flags) {
    if (record_file >= 0 && length > 5 && memcmp(data, "POST ", 5) == 0) {
        ENTER;
        record("P\n");
        LEAVE;
    }
    return syscall(SYS_sendto, socket, data, length, flags, NULL, 0);
}
