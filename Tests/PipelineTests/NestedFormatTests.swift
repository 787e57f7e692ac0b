import Archives
import Detection
import FoundationEssentials
import Model
import TestSupport
import Testing

@testable import Pipeline

/// Archives as the tools that people use write them, each with a secret inside.
struct NestedFormatTests {
    private struct Recipe: Sendable {
        let name: String
        let tools: [String]
        /// Makes the archive on standard output out of the folder `conf`, which holds `app.env`.
        let command: String
        let within: [String]

        init(_ name: String, _ tools: [String], _ command: String, _ within: String...) {
            self.name = name
            self.tools = tools
            self.command = command
            self.within = within
        }
    }

    private static let recipes: [Recipe] = [
        Recipe("a.tar", ["tar"], "tar -cf - conf", "conf/app.env"),
        Recipe("a.tgz", ["tar", "gzip"], "tar -czf - conf", "conf/app.env"),
        Recipe("a.tar.bz2", ["tar", "bzip2"], "tar -cf - conf | bzip2 -c", "conf/app.env"),
        Recipe("a.tar.xz", ["tar", "xz"], "tar -cf - conf | xz -c", "conf/app.env"),
        Recipe("a.tar.xz", ["tar", "xz"], "tar -cf - conf | xz -T2 --block-size=4096 -c", "conf/app.env"),
        Recipe(
            "a.tar.xz", ["tar", "xz"], "tar -cf - conf | xz -C none --x86 --lzma2=dict=1MiB -c",
            "conf/app.env"),
        Recipe(
            "a.tar.xz", ["tar", "xz", "head"],
            "tar -cf a conf; head -c 5000 a | xz -9; head -c 4 /dev/zero; tail -c +5001 a | xz -C sha256",
            "conf/app.env"),
        Recipe("a.tar.lz", ["tar", "lzip"], "tar -cf - conf | lzip -c", "conf/app.env"),
        Recipe("a.tar.lz4", ["tar", "lz4"], "tar -cf - conf | lz4 -qc", "conf/app.env"),
        Recipe("a.tar.Z", ["tar", "compress"], "tar -cf - conf | compress -c", "conf/app.env"),
        Recipe("app.env.Z", ["compress"], "compress -cf conf/app.env", "app.env"),
        Recipe("a.tar.lzma", ["tar", "xz"], "tar -cf - conf | xz --format=lzma -c", "conf/app.env"),
        Recipe("a.tar.zst", ["tar", "zstd"], "tar -cf - conf | zstd -qc", "conf/app.env"),
        Recipe(
            "a.tar.zst", ["tar", "zstd", "head"],
            "tar -cf a conf; head -c 5000 a | zstd -qc --check; tail -c +5001 a | zstd -qc -19 --no-check",
            "conf/app.env"),
        Recipe("app.env.gz", ["gzip"], "gzip -c conf/app.env", "app.env"),
        Recipe("app.env.lzma", ["xz"], "xz --format=lzma -9 -c conf/app.env", "app.env"),
        Recipe(
            "user-data", ["gzip", "base64"], "echo 'user_data: |'; gzip -nc conf/app.env | base64",
            "base64.gzip",
            "base64"),
        Recipe(
            "release.yaml", ["gzip", "base64"],
            "printf 'release: '; gzip -nc conf/app.env | base64 -w0 | base64 -w0", "base64", "base64.gzip",
            "base64"),
        Recipe(
            "install.sh", ["tar", "xz", "base64"], "echo '#!/bin/sh'; tar -cJf - conf | base64 -w0",
            "base64.xz",
            "conf/app.env"),
        Recipe(
            "state.json", ["tar", "zstd", "base64"],
            "printf '{\"a\": \"%s\"}' $(tar -cf - conf | zstd -qc | base64 -w0)", "base64.zstd",
            "conf/app.env"),
        Recipe(
            "mail", ["tar", "bzip2", "base64"], "printf '\n\n'; tar -cjf - conf | base64", "base64.bzip2",
            "conf/app.env"),
        Recipe("layer.txt", ["zip", "base64"], "zip -qr - conf | base64", "base64.zip", "conf/app.env"),
        Recipe("a.zip", ["zip"], "zip -qr - conf", "conf/app.env"),
        Recipe("a.zip", ["zip"], "zip -q0r - conf", "conf/app.env"),
        Recipe("a.zip", ["zip", "bzip2"], "zip -qr -Z bzip2 a.zip conf && cat a.zip", "conf/app.env"),
        Recipe("a.jar", ["jar"], "jar cf a.jar conf && cat a.jar", "conf/app.env"),
        Recipe(
            "a.war", ["zip"],
            "mkdir -p WEB-INF/lib; zip -qr WEB-INF/lib/b.jar conf; zip -qr a.war WEB-INF && cat a.war",
            "WEB-INF/lib/b.jar", "conf/app.env"),
        Recipe(
            "a-1.0-py3-none-any.whl", ["python3"],
            """
            python3 -c 'import zipfile; z = zipfile.ZipFile("a.whl", "w", zipfile.ZIP_DEFLATED); \
            z.write("conf/app.env"); z.close()' && cat a.whl
            """, "conf/app.env"),
        Recipe("a.cpio", ["cpio"], "find conf | cpio --quiet -o -H newc", "conf/app.env"),
        Recipe("a.cpio", ["cpio"], "find conf | cpio --quiet -o -H odc", "conf/app.env"),
        Recipe(
            "initrd.gz", ["cpio", "gzip"], "find conf | cpio --quiet -o -H newc | gzip -c", "initrd",
            "conf/app.env"),
        Recipe("a.a", ["ar"], "cd conf; ar q x.a app.env 2> /dev/null; cat x.a", "app.env"),
        Recipe(
            "a.deb", ["dpkg-deb"], deb("-Zxz"), "data.tar.xz", "etc/app.env"),
        Recipe(
            "a.deb", ["dpkg-deb"], deb("-Zgzip"), "data.tar.gz", "etc/app.env"),
        Recipe(
            "a.deb", ["dpkg-deb"], deb("-Zzstd"), "data.tar.zst", "etc/app.env"),
        Recipe("a.rpm", ["rpmbuild"], rpm("w9.gzdio"), "etc/app.env"),
        Recipe("a.rpm", ["rpmbuild"], rpm("w6.xzdio"), "etc/app.env"),
        Recipe("a.rpm", ["rpmbuild"], rpm("w19.zstdio"), "etc/app.env"),
        Recipe("a.rpm", ["rpmbuild"], rpm("w6.lzdio"), "etc/app.env"),
        // As `abuild` writes it: signature, control data and files, each a gzip member, the first two without an end.
        Recipe(
            "a.apk", ["tar", "gzip", "head"],
            """
            echo sign > .SIGN.RSA.x; echo pkgname > .PKGINFO; tar -cf s .SIGN.RSA.x; tar -cf c .PKGINFO; tar -cf d conf
            head -c 1024 s | gzip -c; head -c 1024 c | gzip -c; gzip -c d
            """, "conf/app.env"),
        Recipe(
            "deep.tar.gz", ["tar", "gzip", "zip", "xz"],
            """
            tar -cJf inner.tar.xz conf; zip -q middle.zip inner.tar.xz; tar -czf - middle.zip
            """, "middle.zip", "inner.tar.xz", "conf/app.env"),
    ]

    private static func deb(_ option: String) -> String {
        """
        mkdir -p p/DEBIAN p/etc; cp conf/app.env p/etc/
        printf 'Package: a\\nVersion: 1\\nArchitecture: all\\nMaintainer: a <a@example.com>\\nDescription: a\\n' \
        > p/DEBIAN/control; chmod -R go-w p
        dpkg-deb \(option) --root-owner-group -b p a.deb > /dev/null && cat a.deb
        """
    }

    private static func rpm(_ payload: String) -> String {
        """
        cat > a.spec <<END
        Name: a
        Version: 1
        Release: 1
        Summary: a
        License: none
        BuildArch: noarch
        %description
        a
        %install
        mkdir -p %{buildroot}/etc; cp $PWD/conf/app.env %{buildroot}/etc/
        %files
        /etc/app.env
        END
        rpmbuild --quiet -bb --define "_topdir $PWD/rpm" --define "_binary_payload \(payload)" a.spec > log 2>&1 \
        || { cat log >&2; exit 1; }
        cat rpm/RPMS/noarch/*.rpm
        """
    }

    private static func make(_ command: String, content: String) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        // Long enough, and varied enough, for several blocks of every compression.
        var generator = SeededGenerator(seed: 5)
        let noise = (0..<20_000).map { _ in "abcdefghijklmnop\n".randomElement(using: &generator) ?? "x" }
        try scratch.write(String(noise), to: "conf/aa.txt")
        try scratch.write(String(noise) + content, to: "conf/app.env")
        return try ProgramRunner.output(of: "sh", ["-ec", command], in: scratch.path)
    }

    @Test("a secret is found with every step to it named", arguments: recipes.indices)
    func formats(index: Int) throws {
        let recipe = Self.recipes[index]
        guard recipe.tools.allSatisfy({ ProgramRunner.has($0) }) else {
            try Test.cancel("needs \(recipe.tools)")
        }
        let bytes = try Self.make(recipe.command, content: "\nKEY=\(Samples.token())\n")
        let result = try Samples.inspect(bytes, at: "srv/\(recipe.name)")
        #expect(result.findings.map(\.place.within) == [recipe.within], "\(recipe.command)")
        #expect(result.gaps.isEmpty, "\(recipe.command): \(result.gaps)")
        #expect(result.findings.first?.place.offset == 20_005)
    }

    @Test("an archive of every kind that is cut anywhere crashes nothing, and never says more than it knows")
    func cuts() throws {
        for recipe in Self.recipes where recipe.tools.allSatisfy({ ProgramRunner.has($0) }) {
            let bytes = try Self.make(recipe.command, content: "\nKEY=\(Samples.token())\n")
            for part in [3, 5, 8] {
                let result = try Samples.inspect(
                    Array(bytes.prefix(bytes.count * part / 10)), at: recipe.name)
                #expect(result.findings.count <= 1)
                // Where a stream of `compress` ends, nothing in it says.
                guard !recipe.command.hasPrefix("compress") else { continue }
                #expect(!result.gaps.isEmpty || !result.findings.isEmpty, "\(recipe.command) \(part)")
            }
        }
    }
}
