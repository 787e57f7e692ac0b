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
        var outputs = try bench.outputs(of: outcome)
        let layers = try bench.scratch.names(in: "cache/palimpsest/layers").map { "layers/\($0)" }
        #expect(layers.count >= 8, "one for each layer")
        for name in try bench.scratch.names(in: "cache/palimpsest").filter({ $0 != "layers" }) + layers {
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
        let outputs = try bench.outputs(of: outcome)
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

    @Test("no output holds a secret that stands encoded, in files, names, attributes and metadata")
    func encoded() throws {
        let bench = try Workbench()
        let secrets = try bench.demoSecrets().filter { secret in
            // Known as secrets wherever they stand.
            secret.contains("_") && secret.utf8.count < 90
                && secret.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        }
        #expect(secrets.count >= 3)
        var image = Workbench.cleanImage()
        for (number, secret) in secrets.enumerated() {
            let whole = Data(secret.utf8).base64EncodedString()
            let inside = Data("ci:\(secret)\n".utf8).base64EncodedString()
            let twice = Data(whole.utf8).base64EncodedString()
            let percent =
                secret.utf8.prefix(4).map { "%" + String($0, radix: 16) }.joined() + secret.dropFirst(4)
            var tar = RawTar()
            tar.add("srv/\(number)/\(whole)".utf8, Array("a: \(twice)\nb: \(inside)\n".utf8))
            tar.add("srv/\(number)-\(percent)".utf8, [1])
            tar.add("srv/\(number)/wide".utf8, secret.utf8.flatMap { [$0, 0] })
            tar.add(pax: [("SCHILY.xattr.user.note", Array(inside.utf8))], "srv/\(number)/noted")
            tar.add("srv/\(number)/link".utf8, type: "2", link: "/run/?q=\(percent)".utf8)
            tar.end()
            image.layer(
                raw: RawLayer(blob: tar.bytes),
                createdBy: "RUN echo \(whole) | base64 -d > /x; curl 'https://example.com/?q=\(percent)'")
            image.runtime.environment.append("NOTE\(number)=\(inside)")
            image.runtime.labels["note\(number)"] = "{\"a\": \"\(twice)\"}"
        }
        let outcome = try bench.audit(try bench.write(image))
        let outputs = try bench.outputs(of: outcome)
        for (name, bytes) in outputs {
            let text = String(decoding: bytes, as: UTF8.self)
            for (number, secret) in secrets.enumerated() {
                for (index, form) in Self.forms(of: secret).enumerated() {
                    let isHeld = text.contains(form)
                    #expect(!isHeld, "\(name) holds secret \(number) in form \(index)")
                }
            }
        }
        let evidence = String(decoding: outputs["evidence.json"] ?? [], as: UTF8.self)
        for steps in [
            #"["base64"]"#, #"["base64","base64"]"#, #"["utf-16le"]"#, #"["file name","base64"]"#,
            #"["file name","percent"]"#, #"["extended attribute user.note","base64"]"#,
            #"["link target","percent"]"#,
        ] {
            #expect(evidence.contains(#""within":\#(steps)"#), "\(steps)")
        }
    }

    /// `secret` as it may be written, also in the middle of other text.
    private static func forms(of secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let hex = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let percent = bytes.map { byte in
            let scalar = Character(UnicodeScalar(byte))
            return scalar.isLetter || scalar.isNumber || "-._~".contains(scalar)
                ? String(scalar)
                : "%" + (String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)).uppercased()
        }.joined()
        let full = bytes.map { "%" + String($0, radix: 16) }.joined()
        // What three characters at either end may have to do with what stands around the secret.
        let aligned = (0..<3).map { shift in
            let text = Data(Array(repeating: 0, count: shift) + bytes).base64EncodedString()
            return String(text.dropFirst(4).prefix { $0 != "=" }.dropLast(3))
        }
        let twice = Data(Data(bytes).base64EncodedString().utf8).base64EncodedString()
        let half = bytes.prefix(4).map { "%" + String($0, radix: 16) }.joined() + secret.dropFirst(4)
        return [secret, Data(bytes).base64EncodedString(), hex, percent, full, half, twice] + aligned
    }
}
