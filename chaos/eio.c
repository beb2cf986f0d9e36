/* Preloaded into the server: writes of SQLite's files fail with EIO while $CHAOS_EIO is there.
 *
 * The real thing under the program but for the disk: every write to the session store's files
 * ends as a bad sector ends it. A device mapper that fails would be truer still, and is not to
 * be had in most containers.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int file) {
    const char *flag = getenv("CHAOS_EIO");
    char link[64], path[4096];
    ssize_t length;

    if (flag == NULL || access(flag, F_OK) != 0)
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
