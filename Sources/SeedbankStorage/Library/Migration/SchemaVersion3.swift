/// The steps from version 2 of the schema to version 3, one file each.
enum SchemaVersion3 {
  static let steps: [Migrations.Step] = [addProviders, addReferences, addCharges]
}
