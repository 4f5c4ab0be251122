// A function that Swift's Glibc module does not contain: mallopt(3).
#pragma once
#include <malloc.h>
