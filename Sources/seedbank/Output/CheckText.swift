import SeedbankModel
import SeedbankStorage

/// A check as text and as JSON.
struct CheckText {
  let report: CheckReport
  let repair: RepairReport

  var text: String {
    var text = ""
    let mended = Set(repair.mended)
    for fault in report.faults {
      let remedy = mended.contains(fault) ? "mended" : fault.advice
      text += "\(SafeText.line(fault.sentence))\n  \(remedy)\n"
    }
    let looked = "\(report.generations) generations, \(report.images) images"
    let decoded = report.inspected > 0 ? ", \(report.inspected) files hashed and decoded" : ""
    let left = repair.left.count
    return text + "\(looked)\(decoded): "
      + (left == 0 ? "all is well\n" : "\(left) fault\(left == 1 ? "" : "s")\n")
  }

  var json: String {
    let mended = Set(repair.mended)
    var writer = JSONWriter()
    writer.object { object in
      object.member("generations", report.generations)
      object.member("images", report.images)
      object.member("inspected", report.inspected)
      object.key("faults")
      object.array { array in
        for fault in report.faults {
          array.object { entry in
            entry.member("kind", fault.kind)
            entry.member("sentence", fault.sentence)
            entry.member("remedy", fault.remedy.rawValue)
            entry.member("mended", mended.contains(fault))
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
  /// What scripts know it by. Names may be added; none is ever changed.
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
    case .strayDownload: "stray-download"
    case .strayThumbnail: "stray-thumbnail"
    case .foreignFile: "foreign-file"
    }
  }

  fileprivate var advice: String {
    switch remedy {
    case .repair: "`seedbank check --repair` mends it"
    case .backup: "a backup, or another library that holds it, may bring it back"
    case .look: "it does no harm; look at it, and remove it if nobody needs it"
    }
  }

  fileprivate var sentence: String {
    switch self {
    case .catalogDamaged(let detail): "the catalog is damaged: \(detail)"
    case .rowIndexDamaged(let table, let detail):
      "an index of the table \(table) disagrees with its rows: \(detail)"
    case .unusedPages(let count): "\(count) pages of the catalog belong to no table"
    case .indexDamaged(let detail): "the search index is damaged: \(detail)"
    case .danglingRows(let table, let count):
      "\(count) rows of the table \(table) point to rows that are gone"
    case .logTorn(let frames):
      "the write-ahead log breaks off after \(frames) good frames; what came after is lost"
    case .malformedRow(let id): "generation \(id) has a uid or a digest of a wrong length"
    case .promptHashWrong(let count): "\(count) prompts have another hash than their text"
    case .lateFlagWrong(let count): "\(count) generations are filed under a wrong order of time"
    case .indexStale(let faults):
      faults.isOutdated
        ? "the search index was written by other rules"
        : "the search index disagrees with the rows: \(faults.count) generations differ"
          + (faults.facetsAreWrong ? ", and the counts of tags, models or sizes are wrong" : "")
    case .fileMissing(let path, let ids): "\(path) is missing, of generation \(Self.list(ids))"
    case .fileReturned(let path, let ids):
      "\(path) was marked as missing and is there, of generation \(Self.list(ids))"
    case .fileUnreadable(let path): "\(path) can't be read"
    case .wrongLength(let path, let recorded, let found):
      "\(path) has \(found) bytes instead of \(recorded)"
    case .wrongBytes(let path, let found): "\(path) holds other bytes, those of \(found)"
    case .undecodable(let path, let reason): "\(path) does not decode: \(reason)"
    case .wrongDescription(let path, let recorded, let found):
      "\(path) is \(found), and recorded as \(recorded)"
    case .perceptualHashMissing(let path): "\(path) has no hash of its looks"
    case .orphan(let path): "\(path) is an image that no row speaks of"
    case .strayDownload(let path): "\(path) is a download that nobody waits for"
    case .strayThumbnail(let path): "\(path) is a thumbnail of no image"
    case .foreignFile(let path): "\(path) is none of the library's files"
    }
  }

  private static func list(_ ids: [GenerationID]) -> String {
    let first = ids.prefix(5).map(\.description).joined(separator: ", ")
    return ids.count > 5 ? "\(first) and \(ids.count - 5) more" : first
  }
}
