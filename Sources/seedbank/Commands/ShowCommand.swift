import ArgumentParser
import Storage

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one generation whole.")

  @Argument(help: "A generation.")
  var reference: String
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let id = try library.resolve(Reference(reference)).generation
    guard let generation = try library.generation(id) else {
      throw LibraryError.noSuchGeneration(id)
    }
    session.output.write(SafeText.lines(generation.prompt) + "\n")
  }
}
