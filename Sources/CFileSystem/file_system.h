// Functions that Swift's Glibc module does not contain: statfs(2), and syncfs(2) and statx(2),
// which unistd.h and sys/stat.h declare only if _GNU_SOURCE is defined.
#pragma once
#include <linux/stat.h>
#include <sys/statfs.h>
int syncfs(int descriptor);
int statx(int descriptor, const char *path, int flags, unsigned int mask, struct statx *result);
