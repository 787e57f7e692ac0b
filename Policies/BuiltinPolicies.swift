/// The YAML below this folder, embedded in the binary.
package enum BuiltinPolicies {
    /// Every file, ordered by path; paths are relative to `Policies/`, such as `baseline/secrets.yaml`.
    package static var files: [(path: String, text: String)] { EmbeddedFiles.all }
}
