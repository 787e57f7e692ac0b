internal import Foundation

/// Python with packages of PyPI that read what we write, in an environment of its own below `.build`.
package enum PythonPackages {
    private static let packages = [
        "jsonschema==4.*", "pyyaml==6.*", "prometheus_client==0.*", "py-ocsf-models==0.*",
        "cyclonedx-python-lib[json-validation]==11.*", "compliance-trestle==5.*", "junitparser==5.*",
        "junit2html==31.*", "securesystemslib[crypto]==1.*", "in-toto-attestation==0.9.*",
    ]

    /// The environment's interpreter; nil where PyPI cannot be reached or there is no `venv`.
    ///
    /// It is made once and found again by later runs.
    package static let python: ProgramRunner? = {
        let folder = RepositoryRoot.file(".build/python-packages")
        let interpreter = folder + "/bin/python"
        let mark = folder + "/complete-3"
        let files = FileManager.default
        if files.fileExists(atPath: mark) { return ProgramRunner(path: interpreter) }
        guard let python = ProgramRunner(tool: "python3"),
            let made = try? python.run(["-m", "venv", "--clear", folder]), made.status == 0
        else { return nil }
        let environment = ProcessInfo.processInfo.environment.filter { name, _ in
            name.hasPrefix("PIP_") || name.lowercased().hasSuffix("_proxy")
        }
        let install = try? ProgramRunner(path: interpreter).run(
            ["-m", "pip", "install", "--quiet"] + packages, environment: environment, seconds: 600)
        guard install?.status == 0, files.createFile(atPath: mark, contents: nil) else { return nil }
        return ProgramRunner(path: interpreter)
    }()
}
