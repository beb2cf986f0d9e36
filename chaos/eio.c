/* Preloaded into the server: while $CHAOS_EIO is there writes of SQLite's files fail with EIO, and
 * while $CHAOS_EIO_WEIGHTS is there, so does opening a language model's weights.
 *
 * The real thing under the program but for the disk: every write to the session store's files
 * ends as a bad sector ends it. A device mapper that fails would be truer still, and is not to
 * be had in most containers.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int is_there(const char *name) {
    const char *flag = getenv(name);

    return flag != NULL && access(flag, F_OK) == 0;
}

static int fails(int file) {
    char link[64], path[4096];
    ssize_t length;

    if (!is_there("CHAOS_EIO"))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = '\0';
    return strstr(path, "daehwa.sqlite3") != NULL;
}

#define FAILING(name, arguments, ...)                                   \
    {                                                                   \
        static ssize_t (*next) arguments;                               \
        if (fails(file)) {                                              \
            errno = EIO;                                                \
            return -1;                                                  \
        }                                                               \
        if (next == NULL)                                               \
            next = (ssize_t (*) arguments)dlsym(RTLD_NEXT, name);       \
        return next(file, __VA_ARGS__);                                 \
    }

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
FAILING("pwrite", (int, const void *, size_t, off_t), data, size, at)

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
FAILING("pwrite64", (int, const void *, size_t, off64_t), data, size, at)

ssize_t write(int file, const void *data, size_t size)
FAILING("write", (int, const void *, size_t), data, size)

static int is_lost(const char *path) {
    return strstr(path, ".gguf") != NULL && is_there("CHAOS_EIO_WEIGHTS");
}

#define OPENING(name)                                                   \
    int name(const char *path, int flags, ...) {                        \
        static int (*next)(const char *, int, ...);                     \
        va_list rest;                                                   \
        mode_t mode = 0;                                                \
        if (flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE) {      \
            va_start(rest, flags);                                      \
            mode = va_arg(rest, mode_t);                                \
            va_end(rest);                                               \
        }                                                               \
        if (is_lost(path)) {                                            \
            errno = EIO;                                                \
            return -1;                                                  \
        }                                                               \
        if (next == NULL)                                               \
            next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
        return next(path, flags, mode);                                 \
    }

OPENING(open)
OPENING(open64)

#define OPENING_STREAM(name)                                            \
    FILE *name(const char *path, const char *mode) {                    \
        static FILE *(*next)(const char *, const char *);               \
        if (is_lost(path)) {                                            \
            errno = EIO;                                                \
            return NULL;                                                \
        }                                                               \
        if (next == NULL)                                               \
            next = (FILE * (*)(const char *, const char *))dlsym(RTLD_NEXT, #name); \
        return next(path, mode);                                        \
    }

OPENING_STREAM(fopen)
OPENING_STREAM(fopen64)
