import YAMLDocuments

/// What reading one document has come to so far, beside the value itself.
struct Reading {
    let source: YAMLSource
    /// The controls that rules of this document can speak to.
    var controls: ControlIndex
    /// The values of parameters that matchers name.
    var parameters: [String: Int] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// The document's lines once the first diagnostic needs them: however many there are, they share these.
    private var lines: [String] = []
    /// The names that this document gives.
    private(set) var declarations: [NamedPlace] = []
    /// The names of other things that it uses.
    private(set) var references: [NamedPlace] = []
    /// What is read just now, as messages name it: `"title"`.
    private var subject = "the document"
    /// The mapping whose keys are read just now.
    private(set) var enclosing: YAMLNode?

    init(_ source: YAMLSource, controls: ControlIndex = ControlIndex()) {
        self.source = source
        self.controls = controls
    }

    /// Notes what is wrong at `mark`.
    mutating func report(
        _ code: Diagnostic.Code, at mark: YAMLMark, _ message: String, suggestion: String? = nil
    ) {
        if lines.isEmpty { lines = source.shownLines }
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        diagnostics.append(
            Diagnostic(
                code, file: source.file, line: mark.line, column: mark.column, message: message,
                suggestion: suggestion, sourceLine: line))
    }

    /// Notes that what is read just now `must` be something that it is not.
    mutating func reportValue(
        _ code: Diagnostic.Code, at mark: YAMLMark, _ must: String, suggestion: String? = nil
    ) {
        report(code, at: mark, "\(subject) \(must)", suggestion: suggestion)
    }

    /// What `take` returns; nil, and a diagnostic, where the value is of another type.
    ///
    /// What to write instead is told where it `suits`.
    mutating func value<Value>(
        suits: (String) -> Bool = { _ in true }, _ take: () throws(YAMLMismatch) -> Value
    ) -> Value? {
        do throws(YAMLMismatch) {
            return try take()
        } catch {
            let remedy = error.remedy.flatMap { suits($0) ? $0 : nil }
            reportValue(.wrongType, at: error.mark, error.reason, suggestion: remedy)
            return nil
        }
    }

    /// Notes that `name` is given to something here.
    mutating func declare(_ name: String, _ space: NameSpace, at mark: YAMLMark) {
        declarations.append(NamedPlace(name: name, space: space, mark: mark))
    }

    /// Notes that something of this name must exist.
    mutating func refer(to name: String, _ space: NameSpace, at mark: YAMLMark) {
        references.append(NamedPlace(name: name, space: space, mark: mark))
    }

    /// Reads something that messages call `name`.
    mutating func reading<Value>(_ name: String, _ read: (inout Reading) -> Value) -> Value {
        let outer = subject
        subject = name
        defer { subject = outer }
        return read(&self)
    }

    /// Reads the keys of `mapping`.
    mutating func inside<Value>(_ mapping: YAMLNode, _ read: (inout Reading) -> Value) -> Value {
        let outer = enclosing
        enclosing = mapping
        defer { enclosing = outer }
        return read(&self)
    }

    /// `rules.yaml:12`: what says where something is written.
    func place(_ mark: YAMLMark) -> String { "\(source.file):\(mark.line)" }
}
