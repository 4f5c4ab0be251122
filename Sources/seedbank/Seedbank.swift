import ArgumentParser

/// The root command with the list of all commands.
struct Seedbank: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seedbank",
    abstract: "Generate images, and keep every prompt, seed and image in a local library.",
    discussion: """
      EXAMPLES
        seedbank generate 'a lighthouse at dusk, watercolor' --tag coast
        seedbank search lighthouse -tag:draft
        seedbank reproduce @last
        seedbank export tag:coast --to ~/gallery

      `seedbank help COMMAND` describes a command; `seedbank help query`, `prompts-file`, `models`, \
      `formats` and `exit-status` describe what commands share. A generation is named by its id, 1234, \
      by @last, by the first eight or more digits of its uid, by sha256: and the first digits of an \
      image's digest, or by an image file.
      """,
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Generate",
        subcommands: [GenerateCommand.self, SyncCommand.self, ReproduceCommand.self]),
      CommandGroup(
        name: "Search and view",
        subcommands: [
          SearchCommand.self, SavedCommand.self, PromptsCommand.self, ShowCommand.self,
          DiffCommand.self, CompareCommand.self, DuplicatesCommand.self, OpenCommand.self,
          ServeCommand.self, AssistantCommand.self,
        ]),
      CommandGroup(
        name: "Import and export", subcommands: [ExportCommand.self, ImportCommand.self]),
      CommandGroup(
        name: "Organize",
        subcommands: [
          TagCommand.self, RateCommand.self,
          FavoriteCommand.self, UnfavoriteCommand.self, DeleteCommand.self, CollectionCommand.self,
          TagsCommand.self, NoteCommand.self, TrashCommand.self, HistoryCommand.self,
          UndoCommand.self, RedoCommand.self,
        ]),
      CommandGroup(
        name: "Remotes",
        subcommands: [
          RemoteCommand.self, PushCommand.self, PullCommand.self, CloneCommand.self,
          FetchCommand.self, DropCommand.self,
        ]),
      CommandGroup(
        name: "Maintenance",
        subcommands: [
          CheckCommand.self, BackupCommand.self, DumpCommand.self, RestoreCommand.self,
          OwnerCommand.self, AdoptCommand.self, StatsCommand.self, InitCommand.self,
          ConfigCommand.self, KeyCommand.self, StatusCommand.self, DoctorCommand.self,
          ModelsCommand.self, ProvidersCommand.self, DocumentationCommand.self,
        ]),
    ])
}
