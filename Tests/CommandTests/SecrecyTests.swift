import FoundationEssentials
import ImageWriting
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

    @Test("no output holds a secret that stands in names, links, tar records or attributes, in archives too")
    func besideContent() throws {
        let bench = try Workbench()
        let secrets = try bench.demoSecrets().filter { secret in
            secret.utf8.count < 90
                && secret.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        }
        #expect(secrets.count >= 3)
        var image = Workbench.cleanImage()
        for secret in secrets {
            var tar = RawTar()
            tar.add("srv/\(secret)/in-\(secret).txt".utf8, Array("x".utf8))
            tar.add("srv/link".utf8, type: "2", link: "/run/\(secret)".utf8)
            tar.add("srv/alias".utf8, type: "1", link: "srv/\(secret)/in-\(secret).txt".utf8)
            tar.add(pax: [("comment", Array(secret.utf8))], "srv/noted")
            tar.add(pax: [("SCHILY.xattr.user.\(secret)", Array(secret.utf8))], "srv/file")
            tar.add(
                pax: [("LIBARCHIVE.xattr.user.k", Array(Data(secret.utf8).base64EncodedString().utf8))],
                "srv/b")
            var inner = RawTar()
            inner.add("in/\(secret)".utf8, Array("y".utf8))
            inner.end()
            tar.add("srv/\(secret).tar".utf8, inner.bytes)
            tar.end()
            image.layer(raw: RawLayer(blob: tar.bytes), createdBy: "COPY . /")
        }
        let outcome = try bench.audit(try bench.write(image))
        var outputs = try bench.reports()
        outputs["standard output"] = outcome.output
        outputs["standard error"] = outcome.errors
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            for (number, secret) in secrets.enumerated() {
                for form in Self.forms(of: secret) {
                    #expect(!text.contains(form), "\(name) holds secret \(number)")
                }
            }
        }
        let evidence = String(decoding: outputs["evidence.json"] ?? [], as: UTF8.self)
        for part in ["file name", "link target", "PAX record comment", "extended attribute user.k"] {
            #expect(evidence.contains("\"\(part)\""), "\(part)")
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
