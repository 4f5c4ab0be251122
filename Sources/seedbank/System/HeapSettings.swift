internal import CMalloc

/// How glibc's allocator returns memory to the system.
enum HeapSettings {
  /// Keeps the heap of a long run small.
  ///
  /// By default, glibc raises the size from which a block gets pages of its own to that of the
  /// largest block that was freed. Files and pixels then lie among small blocks, and the heap grows
  /// with the number of files.
  static func keepSmall() {
    mallopt(M_MMAP_THRESHOLD, 128 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    // Each heap of a thread keeps its own free blocks.
    mallopt(M_ARENA_MAX, 2)
  }
}
