/// Finds credentials where `docker login` and `podman login` leave them.
struct CredentialLookup: Sendable {
    /// What was found, and what kept us from looking: told only where access is denied.
    struct Result: Sendable {
        var credentials: RegistryCredentials?
        var notes: [String] = []
    }

    let connection: ConnectionOptions

    /// The credentials for the image `name`; files in their order, in each the key that says most.
    func find(for name: RegistryName) -> Result {
        var result = Result()
        for path in paths {
            guard let file = file(at: path, &result.notes) else { continue }
            for key in CredentialKey.keys(for: name) {
                result.credentials = credentials(in: file, for: key, name, &result.notes)
                if result.credentials != nil { return result }
            }
        }
        return result
    }

    private func file(at path: String, _ notes: inout [String]) -> CredentialFile? {
        do throws(CredentialFile.Failure) {
            if let file = try CredentialFile(path: path) { return file }
            if connection.variable("REGISTRY_AUTH_FILE") != nil {
                notes.append("$REGISTRY_AUTH_FILE names no file")
            }
        } catch {
            notes.append(error.description)
        }
        return nil
    }

    /// A file that was named counts alone.
    private var paths: [String] {
        if let file = connection.variable("REGISTRY_AUTH_FILE") { return [file] }
        let home = connection.variable("HOME")
        let runtime = connection.variable("XDG_RUNTIME_DIR")
        let config = connection.variable("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
        let docker = connection.variable("DOCKER_CONFIG") ?? home.map { $0 + "/.docker" }
        return [
            runtime.map { $0 + "/containers/auth.json" }, config.map { $0 + "/containers/auth.json" },
            docker.map { $0 + "/config.json" },
        ].compactMap(\.self)
    }

    private func credentials(
        in file: CredentialFile, for key: String, _ name: RegistryName, _ notes: inout [String]
    ) -> RegistryCredentials? {
        let isHost = key == name.host
        if let helper = file.helper(for: key) ?? (isHost ? file.store : nil) {
            let server = key == "docker.io" ? CredentialKey.hubServer : key
            do throws(CredentialProgram.Failure) {
                let helper = CredentialProgram(name: helper, environment: connection.environment)
                if let credentials = try helper.credentials(for: server) { return credentials }
            } catch {
                if !notes.contains(error.description) { notes.append(error.description) }
            }
        }
        return file.credentials(for: key)
    }
}
