internal import Cryptography
internal import Model

/// What lines of `passwd`, `shadow`, `sudoers` and `authorized_keys` say of identities.
enum AccountFiles {
    struct Item {
        let type: InventoryType
        let title: String
        let attributes: [String: AttributeValue]
    }

    static func item(_ line: String, role: FileRole) -> Item? {
        switch role {
        case .accounts: account(line)
        case .passwords: openAccount(line)
        case .sudoRules: sudoRule(line)
        case .authorizedKeys: authorizedKey(line)
        case .hostKey, .serviceAccountToken, .credentialStore: nil
        }
    }

    /// `name:password:uid:gid:comment:home:shell`.
    private static func account(_ line: String) -> Item? {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count >= 4, !fields[0].isEmpty, let uid = Int(fields[2]) else { return nil }
        return Item(
            type: .user, title: String(fields[0]),
            attributes: [
                "name": .text(String(fields[0])), "uid": .number(uid), "isRoot": .flag(uid == 0),
                "emptyPassword": .flag(fields[1].isEmpty),
            ])
    }

    /// `name:hash:…`: only who needs no password; the account itself is in `passwd`.
    private static func openAccount(_ line: String) -> Item? {
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count >= 8, !fields[0].isEmpty, fields[1].isEmpty else { return nil }
        return Item(
            type: .user, title: String(fields[0]),
            attributes: ["name": .text(String(fields[0])), "emptyPassword": .flag(true)])
    }

    /// `who where = (as whom) TAG: commands`.
    private static func sudoRule(_ line: String) -> Item? {
        let text = line.trimmed
        // `#1000` is who has that number.
        let isComment = text.hasPrefix("#") && text.dropFirst().first?.isNumber != true
        guard !isComment, !text.hasPrefix("@"), !text.hasPrefix("Defaults"),
            let equals = text.firstIndex(of: "="),
            let who = text[..<equals].split(whereSeparator: { $0 == " " || $0 == "\t" }).first,
            !who.hasSuffix("_Alias")
        else { return nil }
        var commands = text[text.index(after: equals)...].trimmed
        if commands.hasPrefix("("), let end = commands.firstIndex(of: ")") {
            commands = commands[commands.index(after: end)...].trimmed
        }
        var noPassword = commands.contains("NOPASSWD:")
        while let colon = commands.firstIndex(of: ":"),
            case let tag = commands[..<colon].trimmed, tag.allSatisfy({ $0.isUppercase || $0 == "_" })
        {
            noPassword = noPassword || tag == "NOPASSWD"
            commands = commands[commands.index(after: colon)...].trimmed
        }
        return Item(
            type: .sudoRule, title: "\(who): \(commands)",
            attributes: [
                "name": .text(String(who)), "commands": .text(commands), "noPassword": .flag(noPassword),
            ])
    }

    /// `options type base64 comment`; options may hold blanks in quotes.
    private static func authorizedKey(_ line: String) -> Item? {
        guard !line.trimmed.hasPrefix("#") else { return nil }
        let words = words(of: line)
        guard let index = words.firstIndex(where: isKeyType), index + 1 < words.count,
            let blob = Base64.decode(Array(words[index + 1].utf8))
        else { return nil }
        let comment = words[(index + 2)...].joined(separator: " ")
        let key = OpenSSHKey.algorithm(ofPublicKey: blob)
        var attributes: [String: AttributeValue] = [
            "sha256": .text(Hex.string(SHA256Hasher.hash(blob)))
        ]
        attributes["spki"] = OpenSSHKey.spki(ofPublicKey: blob).map(AttributeValue.text)
        attributes["comment"] = comment.isEmpty ? nil : .text(comment)
        attributes["algorithm"] = key.map { .text($0.name) }
        attributes["keyBits"] = key.map { .number($0.bits) }
        let title = comment.isEmpty ? "\(words[index]) key" : "\(words[index]) key of \(comment)"
        return Item(type: .authorizedKey, title: title, attributes: attributes)
    }

    /// What blanks and tabs outside of quotes divide.
    private static func words(of line: String) -> [Substring] {
        var isQuoted = false
        var isEscaped = false
        return line.split { character in
            defer { isEscaped = character == "\\" && !isEscaped }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            return !isQuoted && (character == " " || character == "\t")
        }
    }

    private static func isKeyType(_ word: Substring) -> Bool {
        ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].contains { word.hasPrefix($0) }
    }
}
