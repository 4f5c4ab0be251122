extension JSONWriter {
  /// Writes the member `timeline` of a generation: its events in order.
  package mutating func timeline(_ events: [Event]) {
    key("timeline")
    array { array in
      for event in events {
        array.object {
          $0.member("at", event.at.description)
          $0.member("kind", event.kind)
          $0.member("detail", event.detail)
        }
      }
    }
  }
}
