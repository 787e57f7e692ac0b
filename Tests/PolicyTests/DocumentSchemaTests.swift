import BuiltinPolicies
import FoundationEssentials
import PolicyLoading
import TestSupport
import Testing

@Suite("Schemas of policy documents")
struct DocumentSchemaTests {
    /// Takes a schema and documents; says of each whether it is valid, and whether one with a strange key somewhere is.
    private static let check = """
        import copy, json, sys, yaml, jsonschema
        validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
        jsonschema.Draft202012Validator.check_schema(validator.schema)
        def mappings(node, path=()):
            if isinstance(node, dict):
                yield path
                for key, value in node.items(): yield from mappings(value, path + (key,))
            if isinstance(node, list):
                for index, value in enumerate(node): yield from mappings(value, path + (index,))
        for name in sys.argv[2:]:
            text = json.dumps(yaml.safe_load(open(name)), default=str)
            for error in validator.iter_errors(json.loads(text)): sys.exit(f"{name}: {error.message[:300]} at {list(error.path)}")
            places = list(mappings(json.loads(text)))
            for path in places[:: max(1, len(places) // 40)]:
                changed = json.loads(text)
                node = changed
                for step in path: node = node[step]
                node["strange"] = {"strange": 1}
                if validator.is_valid(changed): sys.exit(f"{name}: a strange key is let through at {list(path)}")
        """

    @Test(
        "let every shipped document through, and none with a strange key",
        arguments: [DocumentKind.framework, .policy, .detectors, .trustAnchors, .policyTest])
    func shipped(kind: DocumentKind) throws {
        guard let python = ProgramRunner(tool: "python3"),
            try python.run(["-c", "import jsonschema, yaml"]).status == 0
        else {
            print("skipped: no python3 with jsonschema and yaml")
            return
        }
        let scratch = try ScratchFolder()
        let schema = scratch.file("schema.json")
        try DocumentSchema.text(of: kind).write(
            to: URL(filePath: schema), atomically: true, encoding: .utf8)
        var files: [String] = []
        for file in BuiltinPolicies.files where file.text.contains("\nkind: \(kind.rawValue)\n") {
            let path = scratch.file(file.path.replacing("/", with: "-"))
            try file.text.write(to: URL(filePath: path), atomically: true, encoding: .utf8)
            files.append(path)
        }
        #expect(!files.isEmpty)
        let outcome = try python.run(["-c", Self.check, schema] + files)
        #expect(outcome.status == 0, "\(outcome.errorText)")
    }
}
