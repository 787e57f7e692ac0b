import FoundationEssentials
import TestSupport
import Testing

/// No secret of the image leaves the program, in whatever form one might look for it.
struct SecrecyTests {
    @Test("no output, error or cache holds a secret of the demo image: plain, base64, percent-encoded or hex")
    func nothingLeaks() throws {
        let bench = try Workbench()
        let cache = bench.scratch.file("cache")
        let image = try bench.demo()
        let secrets = try bench.demoSecrets()
        #expect(secrets.count >= 10)
        let outcome = try bench.audit(image, environment: ["XDG_CACHE_HOME": cache])
        var outputs = try bench.reports()
        outputs["standard output"] = outcome.output
        outputs["standard error"] = outcome.errors
        for name in (try? bench.scratch.names(in: "cache/palimpsest")) ?? [] {
            outputs["cache/\(name)"] = try bench.scratch.read("cache/palimpsest/\(name)")
        }
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            for (number, secret) in secrets.enumerated() {
                for form in Self.forms(of: secret) {
                    #expect(!text.contains(form), "\(name) holds secret \(number)")
                }
            }
        }
    }

    private static func forms(of secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let percent = bytes.map { byte in
            let scalar = Character(UnicodeScalar(byte))
            return scalar.isLetter || scalar.isNumber || "-._~".contains(scalar)
                ? String(scalar)
                : "%" + (String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)).uppercased()
        }.joined()
        return [secret, Data(bytes).base64EncodedString(), hex, percent]
    }
}
