import Cryptography
import TestSupport
import Testing

@testable import Bundling
@testable import Pipeline

@Suite("Why a bundle is refused")
struct BundleRefusalTests {
    private static let report = "images/1/reports/TEST-palimpsest.xml"

    private func reason(of change: (inout [BundleFile]) -> Void) async throws -> String {
        let bench = try await BundleBench()
        var files = try BundleArchive.read(try bench.bytes(isSigned: false))
        change(&files)
        let bytes = try BundleArchive.write(files, at: BundleBench.asOf)
        return try #require(BundleBench.refusal(bytes)).reason
    }

    @Test("names the file that no digest is listed for")
    func extra() async throws {
        for name in ["zzz", "aaa", "images/1/more.json"] {
            let reason = try await reason { $0.append(BundleFile(name: name, bytes: [1])) }
            #expect(reason == "\(name): is not listed in SHA256SUMS: somebody added it")
        }
    }

    @Test("names the file that is listed and missing")
    func dropped() async throws {
        let reason = try await reason { files in files.removeAll { $0.name == Self.report } }
        #expect(reason == "\(Self.report): is missing, and listed in SHA256SUMS")
    }

    @Test("names the file whose content was changed, also beside others")
    func changed() async throws {
        let reason = try await reason { files in
            files.removeAll { $0.name == Self.report }
            files.append(BundleFile(name: Self.report, bytes: [1]))
        }
        #expect(reason == "\(Self.report): is not of the digest that is listed for it")
    }

    @Test("says that the list is none, and repeats nothing of it")
    func otherList() async throws {
        for text in ["", "friend\n", "\(String(repeating: "0", count: 64))  \u{1b}[2Jfriend\n"] {
            let reason = try await reason { files in
                files.removeAll { $0.name == Checksums.fileName }
                files.append(BundleFile(name: Checksums.fileName, bytes: Array(text.utf8)))
            }
            #expect(!reason.contains("friend"))
            #expect(text.isEmpty || reason == "SHA256SUMS: is no list of digests", "\(reason)")
        }
        let repeated = try await reason { files in
            guard let place = files.firstIndex(where: { $0.name == Checksums.fileName }) else { return }
            files[place] = BundleFile(
                name: Checksums.fileName, bytes: files[place].bytes + files[place].bytes)
        }
        #expect(repeated == "SHA256SUMS: is not written as a bundle's list is")
    }

    @Test("says how many bytes are missing at the end, and how many are behind it")
    func length() async throws {
        let bytes = try await BundleBench().bytes(isSigned: false)
        for count in [1, 512, 1024] {
            let short = BundleBench.refusal(Array(bytes.dropLast(count)))?.reason
            #expect(short == "is cut off: of its end \(count) bytes are missing")
            let long = BundleBench.refusal(bytes + Array(repeating: 0, count: count))?.reason
            #expect(long == "has \(count) bytes behind its end")
        }
        #expect(BundleBench.refusal(bytes + bytes)?.reason == "has \(bytes.count) bytes behind its end")
    }
}
