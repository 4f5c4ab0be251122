internal import CMalloc

/// How glibc's allocator returns memory to the system.
///
/// By default, glibc raises the size from which a block gets pages of its own to that of the largest block that was
/// freed. Files and pixels then lie among small blocks, and the heap grows with the number of files.
enum HeapSettings {
  /// Keeps the heap of a long run small.
  static func keepSmall() { set(pagesFrom: 128 << 10, trimmedFrom: 1 << 20) }

  /// Keeps a little more, so that most image files and their pixels are read into memory that an earlier one used.
  ///
  /// Otherwise the system maps and clears new pages for each of them.
  static func keepForImages() { set(pagesFrom: 1 << 20, trimmedFrom: 8 << 20) }

  private static func set(pagesFrom block: Int32, trimmedFrom free: Int32) {
    mallopt(M_MMAP_THRESHOLD, block)
    mallopt(M_TRIM_THRESHOLD, free)
    // Each heap of a thread keeps its own free blocks.
    mallopt(M_ARENA_MAX, 2)
  }
}
