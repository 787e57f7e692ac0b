internal import Cryptography

/// What a bundle tells a person who has it and nothing else: what is in it, and how to check it without this program.
enum BundleReadme {
    static func text(of record: BundleRecord) -> String {
        let parts = [
            about(record), digests, statements(record), record.signer.map(signature) ?? unsigned, verdict,
        ]
        return parts.joined(separator: "\n")
    }

    private static func about(_ record: BundleRecord) -> String {
        """
        # Evidence of an audit

        \(record.tool.name) \(record.tool.version) judged \
        \(record.images.count == 1 ? "an image" : "\(record.images.count) images") as of \(record.asOf). \
        `bundle.json` says under what, `policy/` and `sign-offs/` have every document that was used, and \
        `\(record.images.joined(separator: "`, `"))` what was found, what came of it, and the reports.

        The commands below check the bundle with nothing but a shell. Unpack it into a folder of its own, and run them there.

        """
    }

    private static let digests = """
        ## 1. Nothing was changed

        Every file but the list itself and the statements must be in the list:

        ```sh
        sha256sum --check --strict --quiet SHA256SUMS
        find . ! -type d | sed 's,^\\./,,' > ../all
        grep -vxE 'SHA256SUMS|images/[^/]+/statement(\\.dsse)?\\.json' ../all | LC_ALL=C sort > ../files
        cut -c67- SHA256SUMS | LC_ALL=C sort | cmp - ../files
        ```

        """

    private static func statements(_ record: BundleRecord) -> String {
        """
        ## 2. The statements are about these files

        Each is an in-toto Statement on the digests of one image's manifest, configuration and layers, and names the \
        digest of the list:

        ```sh
        sums=$(sha256sum SHA256SUMS | cut -c1-64)
        for image in \(record.images.joined(separator: " ")); do
          grep -qF '"configuration":[{"digest":{"sha256":"'$sums'"},"name":"SHA256SUMS"}' $image/statement.json || exit 1
        done
        ```

        """
    }

    private static func signature(_ signer: BundleRecord.Signer) -> String {
        let check =
            switch signer.algorithm {
            case .ed25519:
                "openssl pkeyutl -verify -pubin -inkey \"$KEY\" -rawin -in ../message -sigfile ../signature"
            case .ecdsaP256: "openssl dgst -sha256 -verify \"$KEY\" -signature ../signature ../message"
            }
        return """
            ## 3. Whose statements they are

            They are signed with the key \(signer.keyID). Set `KEY` to the public key that you have from whoever should \
            have signed: anybody can put a key beside a signature, and `signer.pub` proves nothing.

            ```sh
            KEY=${KEY:-signer.pub}
            test "$(openssl pkey -pubin -in "$KEY" -outform DER | sha256sum | cut -c1-64)" = \(signer.keyID) || exit 1
            for image in images/*; do
              sed 's/.*"payload":"\\([^"]*\\)".*/\\1/' $image/statement.dsse.json | base64 -d | cmp - $image/statement.json || exit 1
              sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' $image/statement.dsse.json | base64 -d > ../signature
              printf 'DSSEv1 28 application/vnd.in-toto+json %d ' $(wc -c < $image/statement.json) > ../message
              cat $image/statement.json >> ../message
              \(check) || exit 1
            done
            ```

            """
    }

    private static let unsigned = """
        ## 3. Whose statements they are

        Nobody signed them: whoever had this bundle in hand could have made another. The digests of a bundle that came by \
        a way you trust are as good as the way.

        """

    private static let verdict = """
        ## 4. The verdict follows from the evidence

        That takes the program: `palimpsest verify BUNDLE --key PUBLIC-KEY` checks all of the above, judges the evidence \
        again under the policy in here, and compares every byte.

        """
}
