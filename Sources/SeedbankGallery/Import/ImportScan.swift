import FilePaths
import Platform

/// Finds the files below paths, always in the same order.
struct ImportScan: Sendable {
  struct File: Hashable, Sendable {
    let path: FilePath
    let bytes: Int64
    /// Whether the user named it, not only a folder that contains it.
    let isNamed: Bool
  }

  private(set) var files: [File] = []
  /// The manifests of exported folders, by folder.
  private(set) var manifests: [FilePath: ExportedManifest] = [:]
  /// The folders with the reference images of exports.
  private(set) var referenceFolders: [FilePath] = []
  private(set) var problems: [ImportProblem] = []
  private(set) var leftOut: [LeftOut] = []
  /// The folders that were entered.
  ///
  /// A link to one of them is not followed.
  private var entered: Set<FolderIdentity> = []
  /// The links to folders, which are followed after all other folders were entered.
  ///
  /// So a folder that is also found without a link is entered by that name.
  private var links: [FolderLink] = []
  /// Whether folders are skipped that are found through a link and that `onEnter` knows by another name.
  private var skipsKnownFolders = false
  /// The folders whose manifest was looked for.
  private var searched: Set<FilePath> = []
  private var exports: [FilePath: ExportedFiles?] = [:]
  /// The folder of an export and a folder with files, for which `exports` was read after the names of those files.
  private var upToDate: Set<[FilePath]> = []
  private let options: ImportOptions
  private let library: FolderIdentity?
  private let onEnter: @Sendable (FilePath) -> Bool

  private struct FolderLink {
    let path: FilePath
    let target: FolderIdentity
    let base: FilePath
  }

  /// Identifies a folder independent of its path.
  private struct FolderIdentity: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
    }
  }

  /// Finds the files of the paths in `options`.
  ///
  /// - Parameters:
  ///   - library: the folder of the library, which is skipped.
  ///   - onEnter: called with each folder before its names are read. Its result does not count.
  init(
    _ options: ImportOptions, excluding library: FilePath?,
    onEnter: @escaping @Sendable (FilePath) -> Bool = { _ in true }
  ) {
    self.init(excluding: library, options, onEnter)
    for path in options.paths { visitNamed(path) }
    followLinks()
  }

  /// Finds the files among `paths`, and below them, as in a scan of `base`.
  ///
  /// - Parameter onEnter: called with each folder before its names are read; returns false if an earlier scan
  ///   entered the folder by another name. Such a folder is skipped if a link led to it.
  init(
    _ options: ImportOptions, found paths: [FilePath], below base: FilePath,
    excluding library: FilePath?, onEnter: @escaping @Sendable (FilePath) -> Bool
  ) {
    self.init(excluding: library, options, onEnter)
    var derived: [FilePath: DerivedFiles?] = [:]
    for path in paths {
      // A file that no longer exists is ignored.
      guard access(path, F_OK) == 0 else { continue }
      let folder = path.folder
      let known =
        derived[folder] ?? derivedFiles(folder, below: base, names(in: folder) ?? [])
      derived[folder] = known
      visit(path.name, in: folder, below: base, known)
    }
    skipsKnownFolders = true
    followLinks()
  }

  private init(
    excluding library: FilePath?, _ options: ImportOptions,
    _ onEnter: @escaping @Sendable (FilePath) -> Bool
  ) {
    self.options = options
    self.onEnter = onEnter
    var status = stat()
    self.library = library.flatMap { stat($0, &status) == 0 ? FolderIdentity(status) : nil }
  }

  /// Keeps only the files that `isWanted`.
  mutating func keep(_ isWanted: (File) -> Bool) { files = files.filter(isWanted) }

  private mutating func visitNamed(_ path: FilePath) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      problems.append(ImportProblem(path: path, kind: .unreadable(errno: errno)))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      if let reason = reason(path, below: path.folder, isFolder: false, nil) {
        leaveOut(path, reason, files: 1, isNamed: true)
      } else {
        files.append(File(path: path, bytes: Int64(status.st_size), isNamed: true))
      }
    case S_IFDIR: enter(path, FolderIdentity(status), below: path.withoutTrailingSlashes)
    default:
      problems.append(ImportProblem(path: path, kind: .special(SpecialFile(status.st_mode))))
    }
  }

  private mutating func enter(_ folder: FilePath, _ identity: FolderIdentity, below base: FilePath)
  {
    guard identity != library, !entered.contains(identity) else { return }
    let folder = folder.withoutTrailingSlashes
    guard onEnter(folder) || !skipsKnownFolders else { return }
    entered.insert(identity)
    guard let names = names(in: folder) else { return }
    let derived = derivedFiles(folder, below: base, names)
    for name in names { visit(name, in: folder, below: base, derived) }
  }

  private mutating func followLinks() {
    // A folder that is entered through a link can contain more links.
    while !links.isEmpty {
      let link = links.removeFirst()
      enter(link.path, link.target, below: link.base)
    }
  }

  private mutating func derivedFiles(
    _ folder: FilePath, below base: FilePath, _ names: [FilePath]
  ) -> DerivedFiles? {
    if options.includesThumbnails { return nil }
    // A named folder is searched, whatever its name is.
    let name = folder == base ? FilePath("") : folder.name
    return DerivedFiles(folder: name, names: names) { self.names(in: folder.folder) ?? [] }
  }

  private mutating func visit(
    _ name: FilePath, in folder: FilePath, below base: FilePath, _ derived: DerivedFiles?
  ) {
    let path = folder.appending(name)
    // Hidden names are caches and trash of other programs.
    if name.hasPrefix(".") {
      leaveOut(path, .hidden, files: 1)
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      problems.append(ImportProblem(path: path, kind: .unreadable(errno: errno)))
      return
    }
    let isFolder = status.isFolder
    if !isFolder, exportedRole(path, below: base) == .reference {
      // It belongs to generations of the manifest, and is not imported as a separate image.
      if !referenceFolders.contains(folder) { referenceFolders.append(folder) }
      return
    }
    if let reason = reason(path, below: base, isFolder: isFolder, derived) {
      leaveOut(path, reason, files: isFolder ? Self.count(path) : 1)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      files.append(File(path: path, bytes: Int64(status.st_size), isNamed: false))
    case S_IFDIR:
      var own = stat()
      if lstat(path, &own) == 0, own.isSymbolicLink {
        links.append(FolderLink(path: path, target: FolderIdentity(status), base: base))
      } else {
        enter(path, FolderIdentity(status), below: base)
      }
    // Pipes and devices have no end.
    default: leaveOut(path, .special, files: 1)
    }
  }

  private mutating func reason(
    _ path: FilePath, below base: FilePath, isFolder: Bool, _ derived: DerivedFiles?
  ) -> LeftOut.Reason? {
    if options.excluding.contains(where: { $0.matches(path, below: base, isFolder: isFolder) }) {
      return .excluded
    }
    lookForManifest(in: path.folder)
    if options.includesThumbnails { return nil }
    if isMadeByExport(path, below: base, isFolder: isFolder) { return .thumbnail }
    return derived?.reason(path.name, isFolder: isFolder)
  }

  private mutating func leaveOut(
    _ path: FilePath, _ reason: LeftOut.Reason, files: Int, isNamed: Bool = false
  ) {
    leftOut.append(LeftOut(path: path, reason: reason, files: files, isNamed: isNamed))
  }

  /// Whether it is a thumbnail or a contact sheet of an export, or a folder with only its thumbnails.
  private mutating func isMadeByExport(
    _ path: FilePath, below base: FilePath, isFolder: Bool
  ) -> Bool {
    guard isFolder else {
      let role = exportedRole(path, below: base)
      return role == .thumbnail || role == .sheet
    }
    guard path.name == FilePath(ExportLayout.thumbnails),
      let exported = exportedFiles(in: path.folder)
    else { return false }
    return Self.holdsOnly(path, as: path.name) { exported.role(of: $0) == .thumbnail }
  }

  /// What a file is for that an export wrote beside its images; nil for other files.
  ///
  /// Only exports below `base` count: a file whose folder the user named is imported.
  private mutating func exportedRole(
    _ path: FilePath, below base: FilePath
  ) -> ExportEntry.Role? {
    for place in ExportedFiles.places(of: path) where place.folder.isInside(base) {
      let isKnown = exports.keys.contains(place.folder)
      if let role = exportedFiles(in: place.folder)?.role(of: place.file) { return role }
      guard upToDate.insert([place.folder, path.folder]).inserted, isKnown else { continue }
      // A running export may have written the file after its record was read.
      exports.removeValue(forKey: place.folder)
      if let role = exportedFiles(in: place.folder)?.role(of: place.file) { return role }
    }
    return nil
  }

  private mutating func exportedFiles(in folder: FilePath) -> ExportedFiles? {
    if let known = exports[folder] { return known }
    let files = ExportedFiles(in: folder)
    exports.updateValue(files, forKey: folder)
    return files
  }

  private mutating func lookForManifest(in folder: FilePath) {
    guard searched.insert(folder).inserted else { return }
    manifests[folder] = ExportedManifest(folder.appending(ExportLayout.manifestLines))
  }

  private mutating func names(in folder: FilePath) -> [FilePath]? {
    guard let stream = opendir(folder) else {
      problems.append(ImportProblem(path: folder, kind: .unreadable(errno: errno)))
      return nil
    }
    defer { closedir(stream) }
    var names: [FilePath] = []
    while let entry = readdir(stream) {
      let name = FilePath(nameOf: entry)
      if name != FilePath("."), name != FilePath("..") { names.append(name) }
    }
    return names.sorted()
  }
}
