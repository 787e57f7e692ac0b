import Detection
import Model
import TestSupport
import Testing

/// Text as mails have it, and what only looks like it.
struct MailTextTests {
    private static let token = Samples.token(4)
    private static let header = "Subject: access\nContent-Transfer-Encoding: quoted-printable\n\n"
    private static let filler = String(repeating: "lorem ", count: 12)

    @Test(
        "a secret is found behind an escaped sign, and across the break of a line", arguments: ["\n", "\r\n"])
    func found(lineBreak: String) throws {
        for (text, place) in [
            ("Some words\(lineBreak)KEY=3D\(Self.token) and more\(lineBreak)", nil as Int?),
            ("A=3D1 \(Self.token.prefix(9))=\(lineBreak)\(Self.token.dropFirst(9))\(lineBreak)", 6),
            (
                "\(Self.filler)\(Self.token.prefix(2))=\(lineBreak)\(Self.token.dropFirst(2)) and more\(lineBreak)",
                72
            ),
        ] {
            let findings = try Samples.scanner().findings(in: Self.header + text)
            #expect(findings.map(\.place.within) == [["quoted-printable"]], "\(text)")
            #expect(try Samples.scanner().findings(in: text).isEmpty, "no mail")
            #expect(
                findings.map(\.fingerprint) == [Samples.key.fingerprint(of: Array(Self.token.utf8).span)])
            #expect(place == nil || findings.first?.place.offset == place.map { $0 + Self.header.utf8.count })
            #expect(findings.first?.place.line == (place == nil ? 5 : 4))
        }
    }

    @Test(
        "a sign at the end of a line that is no mail's, and digits behind one, are what they are",
        arguments: [
            "tok_\(String(token.dropFirst(4).prefix(8)))=\n\(token.dropFirst(12))\n",
            "\(String(repeating: "x", count: 100)) \(token.prefix(8))=\n\(token.dropFirst(8))\n",
            "tok_=41\(token.dropFirst(5))\n", "tok_=3d\(token.dropFirst(4))\n",
        ])
    func plain(text: String) throws {
        #expect(try Samples.scanner().findings(in: Self.header + text).isEmpty)
    }

    @Test("a file of UTF-32 is read without a mark as well", arguments: [true, false])
    func utf32(isLittle: Bool) throws {
        let bytes = "the words before KEY=\(Self.token)\n".utf8.flatMap { byte -> [UInt8] in
            isLittle ? [byte, 0, 0, 0] : [0, 0, 0, byte]
        }
        let findings = try Samples.scanner().sightings(in: bytes).findings
        #expect(findings.map(\.place.within) == [[isLittle ? "utf-32le" : "utf-32be"]])
    }

    @Test("quotes that stand by their numbers in pages hide nothing")
    func quotes() throws {
        let page = "<p>it&#39;s &#34;\(Self.token)&#34; &#x27;x&#x27; &amp; &#; &#x; &#99999999;</p>\n"
        #expect(try Samples.scanner().findings(in: page).map(\.place.within) == [[]])
    }
}
