import Foundation
import ImageReading
import TestSupport
import Testing

@Suite(
    "where engines are", .enabled(if: ProgramRunner.has("python3"), "needs python3 to leave sockets behind"))
struct EngineAddressTests {
    private func complaint(_ addresses: String...) throws -> String {
        let reference = try ImageReference.parse("docker-daemon:app")
        let error = #expect(throws: ImageError.self) {
            try ImageOpener.open(reference, connection: ConnectionOptions(engines: addresses))
        }
        #expect(error?.code == .noEngine)
        return error?.description ?? ""
    }

    @Test(
        "an address that is not spoken is refused in words",
        arguments: [
            ("ssh://root@host", "ssh is not spoken"), ("npipe:////./pipe/docker", "npipe is not spoken"),
            ("https://localhost:2376", "https is not spoken"), ("tcp://192.0.2.1:2375", "another machine"),
            ("tcp://example.org:2375", "another machine"), ("tcp://user@localhost", "no valid address"),
            ("tcp://", "no valid address"), ("unix://relative.sock", "whole path"),
            ("/var/run/docker.sock", "no address such as"), ("", "no address such as"),
        ])
    func refused(address: String, words: String) throws {
        #expect(try complaint(address).contains(words))
    }

    @Test("a password in an address is not shown", arguments: ["tcp", "ssh", "odd"])
    func password(scheme: String) throws {
        let password = "engine-" + "word"
        let words = try complaint("\(scheme)://me:\(password)@10.0.0.1:2375")
        #expect(words.contains("\(scheme)://…@10.0.0.1:2375") && !words.contains(password), "\(words)")
    }

    @Test("a socket that is missing, none, or listened to by nobody is told apart")
    func sockets() throws {
        let folder = try ScratchFolder()
        #expect(try complaint("unix://\(folder.file("missing"))").contains("does not exist"))
        #expect(try complaint("unix://\(try folder.write("", to: "file"))").contains("is no socket"))
        #expect(try complaint("unix://\(folder.path)").contains("is no socket"))
        #expect(try complaint("tcp://127.0.0.1:1").contains("does not answer"))
        let both = try complaint("unix:///missing/one", "unix:///missing/two")
        #expect(both.contains("/missing/one") && both.contains("/missing/two"))
    }

    @Test("a socket that nobody listens on any more, or that is not for us, says so")
    func leftSockets() throws {
        let folder = try ScratchFolder()
        let script = "import socket, os; socket.socket(socket.AF_UNIX).bind('s'); os.chmod('s', MODE)"
        func socket(mode: String) throws -> String {
            try? FileManager.default.removeItem(atPath: folder.file("s"))
            _ = try ProgramRunner.output(
                of: "python3", ["-c", script.replacing("MODE", with: mode)], in: folder.path)
            return "unix://\(folder.file("s"))"
        }
        #expect(try complaint(try socket(mode: "0o600")).contains("does not answer: no connection"))
        guard getuid() != 0 else { return }
        #expect(try complaint(try socket(mode: "0")).contains("cannot be reached: permission denied"))
    }

    @Test("what the environment names comes before the usual places, and Docker before Podman")
    func order() {
        let given = ["DOCKER_HOST": "unix:///here", "CONTAINER_HOST": "unix:///there"]
        #expect(ConnectionOptions(environment: given).engines == ["unix:///here"])
        let others = ["DOCKER_HOST": "", "CONTAINER_HOST": "ssh://far", "XDG_RUNTIME_DIR": "/run/user/1"]
        #expect(
            ConnectionOptions(environment: others).engines == [
                "unix:///var/run/docker.sock", "ssh://far", "unix:///run/user/1/podman/podman.sock",
                "unix:///run/podman/podman.sock",
            ])
    }
}
