// What Swift's Glibc does not show: mallopt(3).
#pragma once
#include <malloc.h>
