/// The YAML below this folder, embedded in the binary.
package enum BuiltinPolicies {
    /// Every file, ordered by path; paths are relative to `Policies/`, such as `baseline/secrets.yaml`.
    ///
    /// `tree` is what the text says, as `YAMLDocuments` packs it; nil for what is no YAML.
    package static var files: [(path: String, text: String, tree: String?)] { EmbeddedFiles.all }
}
