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
        let install = try? ProgramRunner(path: interpreter).run(
            ["-m", "pip", "install", "--quiet"] + packages, environment: environment, seconds: 600)
        guard install?.status == 0, files.createFile(atPath: mark, contents: nil) else { return nil }
        return ProgramRunner(path: interpreter)
    }()

    /// The script of axe-core, which looks for barriers in a page; nil where PyPI cannot be reached.
    ///
    /// It comes with a package that drives another browser, of which nothing else is wanted.
    package static let axe: String? = {
        let folder = RepositoryRoot.file(".build/axe-core")
        let script = folder + "/axe_playwright_python/axe.min.js"
        if FileManager.default.fileExists(atPath: script) { return script }
        let install = try? ProgramRunner(tool: "python3")?.run(
            [
                "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder,
                "axe-playwright-python==0.1.8",
            ],
            environment: environment, seconds: 600)
        return install?.status == 0 && FileManager.default.fileExists(atPath: script) ? script : nil
    }()

    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { name, _ in
            name.hasPrefix("PIP_") || name.lowercased().hasSuffix("_proxy")
        }
    }
}
