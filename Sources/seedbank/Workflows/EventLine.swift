import SeedbankModel
import SeedbankSync

/// An event as a line of JSON: `{"at", "event", "id", …}`.
enum EventLine {
  static func json(_ event: SyncEvent, at time: Timestamp) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("at")
      object.value(time.description)
      object.key("event")
      object.value(name(event))
      write(event, to: &object)
    }
    writer.newline()
    return writer.bytes
  }

  private static func name(_ event: SyncEvent) -> String {
    switch event {
    case .submitting: "submitting"
    case .accepted: "pending"
    case .polled: "polled"
    case .offered: "ready"
    case .downloading: "downloading"
    case .stored: "stored"
    case .noted: "note"
    case .settled(_, let status, _): status.rawValue
    case .left: "left"
    case .paused: "paused"
    case .stopped: "stopped"
    case .queued: "queued"
    }
  }

  private static func write(_ event: SyncEvent, to object: inout JSONWriter) {
    switch event {
    case .submitting(let id), .offered(let id): object.member("id", id)
    case .accepted(let id, let jobID):
      object.member("id", id)
      object.member("job_set_id", jobID)
    case .polled(let id, let status):
      object.member("id", id)
      object.member("status", status)
    case .downloading(let id, let position):
      object.member("id", id)
      object.key("position")
      object.value(position)
    case .stored(let id, let image):
      object.member("id", id)
      object.key("position")
      object.value(image.position)
      object.member("sha256", image.digest.hex)
    case .noted(let id, let note):
      object.member("id", id)
      object.member("message", note)
    case .settled(let id, _, let failure):
      object.member("id", id)
      if let failure {
        object.member("code", failure.code)
        object.member("message", failure.message)
      }
    case .left(let id, let status, let leaving):
      object.member("id", id)
      object.member("status", status.rawValue)
      object.member("message", leaving.sentence)
    case .paused(_, let seconds, let provider):
      object.key("seconds")
      object.value(seconds)
      object.member("provider", provider)
    case .stopped(let reason, let provider):
      object.member("provider", provider)
      object.member("message", Failure(reason, of: provider).sentence)
    case .queued(let count):
      object.key("count")
      object.value(count)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, _ id: GenerationID) {
    key(name)
    value(id.rawValue)
  }

  fileprivate mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }
}
