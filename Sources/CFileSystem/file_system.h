// What Swift's Glibc does not show: statfs(2), and syncfs(2) and statx(2), which unistd.h and sys/stat.h
// show only to sources that define _GNU_SOURCE.
#pragma once
#include <linux/stat.h>
#include <sys/statfs.h>
int syncfs(int descriptor);
int statx(int descriptor, const char *path, int flags, unsigned int mask, struct statx *result);
