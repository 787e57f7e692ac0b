extension ScratchFolder {
    /// Writes a shell script inside that can be run, and returns its path.
    ///
    /// Another program puts it there: what this one has open for writing, a child of another test may hold open for a
    /// moment, and such a file cannot be run.
    @discardableResult
    package func install(_ script: String, as name: String) throws -> String {
        let draft = try write("#!/bin/sh\n\(script)\n", to: name + ".draft")
        _ = try ProgramRunner.output(of: "install", ["-m", "755", draft, file(name)])
        return file(name)
    }
}
