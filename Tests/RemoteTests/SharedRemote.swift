import FilePaths

@testable import SeedbankRemote

/// A folder as a remote, and two libraries that exchange their records through it.
struct SharedRemote {
  let folder: TemporaryFolder
  let store: FolderStore
  let ana: Replica
  let bo: Replica

  /// - Parameter shifts: how far the clocks of the two libraries are ahead, in milliseconds.
  init(shifts: (ana: Int64, bo: Int64) = (0, 0)) throws {
    folder = try TemporaryFolder()
    store = FolderStore(folder.path.appending("remote"))
    (ana, bo) = (try Replica(shift: shifts.ana), try Replica(shift: shifts.bo))
  }
}

/// A suite whose tests have a remote of their own.
protocol SharedRemoteSuite {
  var remote: SharedRemote { get }
}

extension SharedRemoteSuite {
  var folder: TemporaryFolder { remote.folder }
  var store: FolderStore { remote.store }
  var ana: Replica { remote.ana }
  var bo: Replica { remote.bo }
}
