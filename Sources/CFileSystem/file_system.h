// Of syncfs(2): unistd.h shows it only to sources that define _GNU_SOURCE, which Swift's Glibc does not.
#pragma once
int syncfs(int descriptor);
