import SeedbankModel
import SeedbankStorage

/// A check as text and as JSON.
struct CheckText {
  let report: CheckReport
  let repair: RepairReport

  var text: String {
    var text = ""
    let repaired = Set(repair.repaired)
    for fault in report.faults {
      let remedy = repaired.contains(fault) ? "repaired" : fault.advice
      text += "\(SafeText.line(fault.sentence))\n  \(remedy)\n"
    }
    let looked =
      "\(Count.text(report.generations, "generation")), \(Count.text(report.images, "image"))"
    let decoded =
      report.inspected > 0 ? ", \(Count.text(report.inspected, "file")) hashed and decoded" : ""
    let left = repair.left.count
    let remote =
      report.remoteFiles > 0
      ? ", \(Count.text(report.remoteFiles, "file")) on a remote only" : ""
    return text + "\(looked)\(decoded)\(remote): "
      + (left == 0 ? "no errors\n" : "\(Count.text(left, "error"))\n")
  }

  var json: String {
    let repaired = Set(repair.repaired)
    var writer = JSONWriter()
    writer.object { object in
      object.member("generations", report.generations)
      object.member("images", report.images)
      object.member("inspected", report.inspected)
      object.member("remote_files", report.remoteFiles)
      object.key("faults")
      object.array { array in
        for fault in report.faults {
          array.object { entry in
            entry.member("kind", fault.kind)
            entry.member("sentence", fault.sentence)
            entry.member("remedy", fault.remedy.rawValue)
            entry.member("repaired", repaired.contains(fault))
          }
        }
      }
      object.key("recovered")
      object.array { array in
        for id in repair.recovered { array.value(id.rawValue) }
      }
    }
    return writer.text + "\n"
  }
}

extension Fault {
  /// The stable name for scripts.
  ///
  /// Names may be added, but never changed.
  var kind: String {
    switch self {
    case .catalogDamaged: "catalog-damaged"
    case .rowIndexDamaged: "row-index-damaged"
    case .unusedPages: "unused-pages"
    case .danglingRows: "dangling-rows"
    case .logTorn: "log-torn"
    case .malformedRow: "malformed-row"
    case .promptHashWrong: "prompt-hash-wrong"
    case .lateFlagWrong: "late-flag-wrong"
    case .indexStale: "index-stale"
    case .indexDamaged: "index-damaged"
    case .fileMissing: "file-missing"
    case .fileReturned: "file-returned"
    case .fileUnreadable: "file-unreadable"
    case .wrongLength: "wrong-length"
    case .wrongBytes: "wrong-bytes"
    case .undecodable: "undecodable"
    case .wrongDescription: "wrong-description"
    case .perceptualHashMissing: "perceptual-hash-missing"
    case .orphan: "orphan"
    case .orphanDownload: "stray-download"
    case .orphanThumbnail: "stray-thumbnail"
    case .foreignFile: "foreign-file"
    }
  }

  var advice: String {
    if case .foreignFile(let path) = self, !path.contains("/") {
      return "remove it or move it away: the library needs a folder of this name"
    }
    return switch remedy {
    case .repair: "to repair it, run `seedbank check --repair`"
    case .backup: "restore it from a backup, or from another library that contains it"
    case .look: "harmless: remove it if you do not need it"
    }
  }

  fileprivate var sentence: String {
    switch self {
    case .catalogDamaged(let detail): "the catalog is damaged: \(detail)"
    case .rowIndexDamaged(let table, let detail):
      "an index of the table \(table) does not match its rows: \(detail)"
    case .unusedPages(let count):
      "\(Count.text(count, "page")) of the catalog \(count == 1 ? "is" : "are") not used by any table"
    case .indexDamaged(let detail): "the search index is damaged: \(detail)"
    case .danglingRows(let table, let count):
      "\(Count.text(count, "row")) of the table \(table) \(count == 1 ? "refers" : "refer") to rows "
        + "that do not exist"
    case .logTorn(let frames):
      "the write-ahead log is damaged after \(Count.text(frames, "valid frame")); "
        + "later changes are lost"
    case .malformedRow(let id): "generation \(id) has a uid or a digest of a wrong length"
    case .promptHashWrong(let count):
      "\(Count.text(count, "prompt")) \(count == 1 ? "has" : "have") a wrong hash"
    case .lateFlagWrong(let count):
      "\(Count.text(count, "generation")) \(count == 1 ? "has" : "have") a wrong flag for the order "
        + "of time"
    case .indexStale(let faults):
      faults.isOutdated
        ? "the search index was written by an older version"
        : "the search index does not match the catalog: \(Count.text(faults.count, "generation")) "
          + (faults.count == 1 ? "differs" : "differ")
          + (faults.facetsAreWrong ? ", and the counts of tags, models or sizes are wrong" : "")
    case .fileMissing(let path, let ids): "\(path) of generation \(Self.list(ids)) is missing"
    case .fileReturned(let path, let ids):
      "\(path) of generation \(Self.list(ids)) was marked as missing, but exists"
    case .fileUnreadable(let path): "\(path) cannot be read"
    case .wrongLength(let path, let recorded, let found):
      "\(path) has \(found) instead of \(recorded) bytes"
    case .wrongBytes(let path, let found): "\(path) has the wrong content: its SHA-256 is \(found)"
    case .undecodable(let path, let reason): "\(path) cannot be decoded: \(reason)"
    case .wrongDescription(let path, let recorded, let found):
      "\(path) is \(found), but is recorded as \(recorded)"
    case .perceptualHashMissing(let path): "\(path) has no fingerprint"
    case .orphan(let path): "\(path) is an image file without a generation"
    case .orphanDownload(let path): "\(path) is a download without a generation"
    case .orphanThumbnail(let path) where path.contains("/"):
      "\(path) is a thumbnail without an image"
    case .foreignFile(let path) where path.contains("/"): "\(path) is not a file of the library"
    case .orphanThumbnail(let path), .foreignFile(let path): "\(path) is not a folder"
    }
  }

  private static func list(_ ids: [GenerationID]) -> String {
    let first = ids.prefix(5).map(\.description).joined(separator: ", ")
    return ids.count > 5 ? "\(first) and \(ids.count - 5) more" : first
  }
}
