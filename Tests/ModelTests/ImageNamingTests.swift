import Model
import Testing

struct ImageNamingTests {
    private static func folder(_ name: String) -> String {
        let digest = Digest(sha256: Array(repeating: 0xab, count: 32))
        return ImageFacts(
            name: name, digest: digest, platform: "linux/amd64", created: nil, configDigest: digest
        ).folderName
    }

    private static let suffix = "@" + Digest(sha256: Array(repeating: 0xab, count: 32)).short

    @Test(
        "a report folder is called what the image is called, without transport, place or tag",
        arguments: [
            ("ledger-agent", "ledger-agent"), ("registry.example:5000/team/app:1.2", "app"),
            ("oci:build/image:latest", "image"), ("oci:image", "image"), ("oci:image:1.0", "image"),
            ("oci-archive:app.tar", "app"), ("docker-archive:/tmp/app.tar:app:1", "app"),
            ("docker://alpine@sha256:00", "alpine"), ("/srv/images/", "images"), ("./image", "image"),
            ("image.tar", "image"), ("./App_2.OCI.tar.gz", "app_2-oci"),
        ])
    func plain(name: String, folder: String) {
        #expect(Self.folder(name) == folder + Self.suffix)
    }

    @Test(
        "the same team's image has the same folder from any registry, and another team's another",
        arguments: [
            ("docker://registry.example:5000/team-b/api:1.2", "registry.example:5000", "team-b-api"),
            ("registry.example/shop/pay/api@sha256:00", "registry.example", "shop-pay-api"),
            ("docker://alpine:3", "docker.io", "alpine"),
            ("docker://docker.io/library/alpine", "docker.io", "library-alpine"),
            (
                "docker://r.io/\(String(repeating: "a/", count: 60))api", "r.io",
                "\(String(repeating: "a-", count: 38))api"
            ),
        ])
    func registries(name: String, registry: String, folder: String) {
        let digest = Digest(sha256: Array(repeating: 0xab, count: 32))
        var facts = ImageFacts(
            name: name, digest: digest, platform: "linux/amd64", created: nil, configDigest: digest)
        facts.registry = registry
        #expect(facts.folderName == folder + Self.suffix)
    }

    @Test("a registry's image is told from another of the run that may have the same slug, and keeps it else")
    func amongOthers() {
        func slug(_ name: String, registry: String, among others: [String]) -> String {
            let digest = Digest(sha256: Array(repeating: 0xab, count: 32))
            var facts = ImageFacts(
                name: name, digest: digest, platform: "linux/amd64", created: nil, configDigest: digest)
            facts.registry = registry
            let images = others.enumerated().map {
                ComparedImage(
                    name: $0.element, digest: Digest(sha256: Array(repeating: UInt8($0.offset), count: 32)),
                    environment: nil)
            }
            return facts.slug(among: images)
        }
        let api = "docker://r.io/shop/api:1"
        #expect(slug(api, registry: "r.io", among: ["docker://r.io/pay/api:1", "oci:api"]) == "shop-api")
        #expect(slug(api, registry: "r.io", among: ["docker://r.io/shop/api:2"]) == "r-io-shop-api-1")
        // Nothing that the next tag would change, as long as the path tells.
        for other in ["registry.example:5000/shop/api", "oci:x/shop-api"] {
            #expect(slug(api, registry: "r.io", among: [other]) == "r-io-shop-api", "\(other)")
        }
        let taken = slug(
            api, registry: "r.io", among: ["oci:shop-api", "oci:r-io-shop-api", "oci:r-io-shop-api-1"])
        #expect(taken == "r-io-shop-api-1" + Self.suffix.replacing("@", with: "-"))
    }

    /// What each of these is called in a run over all of them; their digests come from their places.
    private static func slugs(_ names: [String], rebuilt: Int = 0) -> [String] {
        let images = names.enumerated().map { position, name in
            ComparedImage(
                name: name, digest: Digest(sha256: Array(repeating: UInt8(position + rebuilt), count: 32)),
                environment: nil)
        }
        return images.map { image in
            var facts = ImageFacts(
                name: image.name, digest: image.digest, platform: "linux/amd64", created: nil,
                configDigest: image.digest)
            facts.registry = ""
            return facts.slug(among: images.filter { $0 != image })
        }
    }

    @Test(
        "of images that are called alike those that have more of a path go by it, whatever their digests",
        arguments: [
            ["oci:prod": "prod"], ["oci:prod": "prod", "oci:x/prod": "x-prod"],
            ["oci:prod:1": "prod", "oci:x/prod:2": "x-prod"],
            ["oci:x/prod": "x-prod", "oci:y/prod": "y-prod"],
            ["oci:prod": "prod", "oci:x/prod": "x-prod", "oci:y/x/prod": "y-x-prod", "oci:dup": "dup"],
            ["oci:x/prod": "prod", "oci:x-prod": "x-prod"],
            ["oci-archive:prod.tar": "prod-tar", "oci:prod": "prod"],
            ["oci:prod:a": "prod-a", "oci:prod:b": "prod-b", "oci:x/prod": "x-prod"],
        ])
    func paths(wanted: [String: String]) {
        let names = wanted.keys.sorted()
        for order in [names, names.reversed()] {
            for rebuilt in [0, 40] {
                #expect(Self.slugs(order, rebuilt: rebuilt) == order.map { wanted[$0] ?? "" })
            }
        }
    }

    @Test("no image takes the name that another of the run has alone, but by its own name in full")
    func lone() {
        let names = [
            "oci:prod", "oci:x/prod", "oci:x-prod", "oci:y/x-prod", "oci:y-x-prod:1", "oci-archive:prod.tar",
            "oci:prod:1", "oci:y/x/prod",
        ]
        for first in names {
            for second in names where second != first {
                for third in names where third != first && third != second {
                    let run = [first, second, third]
                    let slugs = Self.slugs(run)
                    #expect(Set(slugs).count == 3, "\(run)")
                    let alone = run.map { Self.slugs([$0])[0] }
                    for position in run.indices where alone.firstIndex(of: slugs[position]) != nil {
                        let owners = run.indices.filter { alone[$0] == slugs[position] }
                        #expect(owners.contains(position), "\(run)")
                    }
                }
            }
        }
    }

    @Test(
        "no name leads out of the folder of the reports, or is more than a file system takes",
        arguments: [
            "../../etc", "..", ".", "", "/", "//", ":", "oci:", "oci:..", "a/..", "..:..", "@", "@@:",
            "\u{0}", "a\u{0}b", "\r\n", "\u{1b}[31mred", "\u{202e}gpj.exe", "a b\tc", "$(id)", "`id`", "-rf",
            "con\\nul", "\u{e9}\u{1f511}", String(repeating: "x", count: 300),
            String(repeating: "../", count: 50), "<script>", "~root", "a\nb:c",
        ])
    func hostile(name: String) {
        let folder = Self.folder(name)
        #expect(folder.hasSuffix(Self.suffix) && folder.utf8.count <= 120)
        let name = folder.dropLast(Self.suffix.count)
        #expect(!name.isEmpty)
        #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"/\\:@<>$`~\"'".utf8.contains($0) })
        #expect(name.first != "." && name.first != "-", "\(name)")
    }
}
