#ifndef SB_SCRATCH_H
#define SB_SCRATCH_H
#include <stddef.h>
#include <stdint.h>

/// Returns at least `size` bytes that this thread uses again for each image, so that the system need not map and clear
/// new pages. The bytes are not cleared. The next call makes them invalid. Returns NULL if memory cannot be allocated.
uint8_t *sb_scratch(size_t size);

/// Frees the bytes of this thread if they are too many to keep.
void sb_scratch_shrink(void);

#endif
