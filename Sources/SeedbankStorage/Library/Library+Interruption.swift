extension Library {
  /// Ends the statements that run on this connection with an error.
  ///
  /// Any thread may call this. Without running statements, it does nothing. Later statements are not affected.
  package func interrupt() { queue.interrupt() }
}
