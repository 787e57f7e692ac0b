internal import Foundation

/// Podman's service on a socket of its own, with a store of its own; both are gone with the last reference.
package final class PodmanService: Sendable {
    /// As `DOCKER_HOST` takes it.
    package let address: String
    private let store: ScratchFolder
    private let service: Service

    /// Starts it with the image that `archive` holds; throws where podman cannot store or serve anything here.
    package init(loading archive: String) throws {
        let store = try ScratchFolder(isShort: true)
        // Not the usual store, nor the usual settings: nothing is mounted, and nothing is asked of the network.
        let global = [
            "--root", store.file("root"), "--runroot", store.file("run"), "--tmpdir", store.file("tmp"),
            "--storage-driver", "vfs", "--log-level", "error",
        ]
        let environment = ["HOME": store.path, "XDG_RUNTIME_DIR": store.path, "TMPDIR": store.path]
        guard let podman = ProgramRunner(tool: "podman") else {
            throw ProgramRunner.Failure(description: "podman is not installed")
        }
        let loaded = try podman.run(global + ["load", "-q", "-i", archive], environment: environment)
        guard loaded.status == 0 else { throw ProgramRunner.Failure(description: loaded.errorText) }
        let socket = store.file("podman.sock")
        // Without being root, podman runs as a child of itself and hands signals on to it.
        service = try Service(
            "podman", global + ["system", "service", "-t", "0", "unix://\(socket)"], log: store.file("log"),
            environment: environment, lastSignal: SIGTERM
        ) { FileManager.default.fileExists(atPath: socket) }
        address = "unix://\(socket)"
        self.store = store
    }

    deinit {
        // As a normal user, podman leaves a process that keeps its user namespace, and folders that nobody may write to.
        if let text = try? String(contentsOfFile: store.file("tmp/pause.pid"), encoding: .utf8),
            let process = pid_t(text)
        {
            _ = kill(process, SIGTERM)
        }
        _ = try? ProgramRunner.output(of: "chmod", ["-R", "u+rwX", store.path])
    }
}
