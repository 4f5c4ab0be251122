/// The steps from version 1 of the schema to version 2, one file each.
enum SchemaVersion2 {
  static let steps: [Migrations.Step] = [
    addOwnership, addLargeSeeds, addToolIndex, addAccounts,
  ]
}
