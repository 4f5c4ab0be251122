import SeedbankModel
import SeedbankRemote
import SeedbankStorage

extension PushReport {
  func write(to object: inout JSONWriter) {
    object.member("generations", generations)
    object.member("deletions", deletions)
    object.member("segments", segments)
    object.member("images", images)
    object.member("image_bytes", imageBytes)
    object.member("took_new_id", tookNewID)
    problems.write(to: &object)
  }
}

extension PullReport {
  func write(to object: inout JSONWriter) {
    object.member("segments", segments)
    object.member("added", added)
    object.member("merged", merged)
    object.member("trashed", trashed)
    object.member("held", held)
    object.member("conflicts", conflictCount)
    object.key("conflict_fields")
    object.array { array in
      for conflict in conflicts {
        array.object { entry in
          entry.member("uid", conflict.generation?.description)
          entry.member("field", conflict.field)
          entry.member("kept", conflict.keptOurs ? "library" : "remote")
        }
      }
    }
    object.member("thumbnails", thumbnails)
    object.member("remote_images", remoteImages)
    object.member("took_new_id", tookNewID)
    writeImages(to: &object)
  }

  /// Only what `fetch` can do.
  func writeImages(to object: inout JSONWriter) {
    object.member("images", images)
    object.member("image_bytes", imageBytes)
    problems.write(to: &object)
  }
}

extension DropReport {
  func write(to object: inout JSONWriter) {
    object.member("images", images)
    object.member("image_bytes", imageBytes)
    problems.write(to: &object)
  }
}

extension ImagePlan {
  func write(to object: inout JSONWriter) {
    object.member("images", images)
    object.member("image_bytes", bytes)
  }
}

extension RemoteCheckReport {
  func write(to object: inout JSONWriter) {
    object.member("libraries", libraries)
    object.member("segments", segments)
    object.member("images", images)
    object.member("image_bytes", imageBytes)
    object.member("unused_images", unusedImages)
    object.member("unused_bytes", unusedBytes)
    problems.write(to: &object)
  }
}

extension SnapshotReport {
  func write(to object: inout JSONWriter) {
    object.member("generations", generations)
    object.member("parts", parts)
    object.member("bytes", bytes)
  }
}

extension PruneReport {
  func write(to object: inout JSONWriter) {
    object.member("images", images)
    object.member("image_bytes", imageBytes)
    object.member("waiting_images", waiting)
    object.member("waiting_bytes", waitingBytes)
    object.member("snapshot_objects", snapshotObjects)
    object.member("drafts", drafts)
    problems.write(to: &object)
  }
}

extension [RemoteProblem] {
  fileprivate func write(to object: inout JSONWriter) {
    object.key("problems")
    object.array { array in
      for problem in self {
        array.object { entry in
          entry.member("key", problem.key)
          entry.member("kind", problem.kind.name)
          entry.member("repaired_by_push", problem.isRepairedByPush)
          entry.member("message", RemoteText.sentence(problem))
        }
      }
    }
  }
}

extension RemoteProblem.Kind {
  /// What scripts know it by.
  ///
  /// Names may be added; none is ever changed.
  fileprivate var name: String {
    switch self {
    case .damaged: "damaged"
    case .damagedThumbnails: "damaged-thumbnails"
    case .damagedSnapshot: "damaged-snapshot"
    case .foreign: "foreign"
    case .absent: "absent"
    case .absentSegment: "absent-segment"
    case .replacedSegment: "replaced-segment"
    case .wrongSize: "wrong-size"
    case .localDamaged: "local-damaged"
    case .counterUsedTwice: "counter-used-twice"
    case .staleHead: "stale-head"
    case .absentHead: "absent-head"
    }
  }
}
