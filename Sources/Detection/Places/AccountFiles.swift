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
        let fields = fields(of: line)
        guard fields.count >= 4, case let name = fields[0].trimmed, !name.isEmpty,
            let uid = number(fields[2], of: name)
        else { return nil }
        return Item(
            type: .user, title: name,
            attributes: [
                "name": .text(name), "uid": .number(uid), "isRoot": .flag(uid == 0),
                "emptyPassword": .flag(fields[1].isEmpty),
            ])
    }

    /// What colons divide, whatever stands behind one: to `Character`, a colon under an accent is none.
    private static func fields(of line: String) -> [String] {
        line.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// A user's number as C libraries read it: behind blanks, cut to 32 bits, and 0 where there is none.
    private static func number(_ field: String, of name: String) -> Int? {
        let text = field.drop { $0.isWhitespace }
        // `+::::::` stands for all that a directory service has.
        guard !text.isEmpty else { return name.hasPrefix("+") || name.hasPrefix("-") ? nil : 0 }
        let isNegative = text.hasPrefix("-")
        let digits = text.utf8.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let number = digits.reduce(UInt32(0)) { $0 &* 10 &+ UInt32($1 - 0x30) }
        return Int(isNegative ? 0 &- number : number)
    }

    /// `name:hash:…`: only who needs no password; the account itself is in `passwd`.
    private static func openAccount(_ line: String) -> Item? {
        let fields = fields(of: line)
        guard fields.count >= 8, !fields[0].isEmpty, fields[1].isEmpty else { return nil }
        return Item(
            type: .user, title: fields[0],
            attributes: ["name": .text(fields[0]), "emptyPassword": .flag(true)])
    }

    /// `who where = (as whom) TAG: commands`.
    private static func sudoRule(_ line: String) -> Item? {
        let text = line.trimmed
        if let item = sudoSetting(text) ?? sudoInclude(text) { return item }
        // `#1000` is who has that number.
        let isComment = text.hasPrefix("#") && text.dropFirst().first?.isNumber != true
        guard !isComment, !text.hasPrefix("@"), !text.hasPrefix("Defaults"),
            let equals = text.firstIndex(of: "="),
            let who = text[..<equals].split(whereSeparator: { $0 == " " || $0 == "\t" }).first,
            !who.hasSuffix("_Alias")
        else { return nil }
        var command = text[text.index(after: equals)...].trimmed
        if command.hasPrefix("("), let end = command.firstIndex(of: ")") {
            command = command[command.index(after: end)...].trimmed
        }
        var noPassword = command.contains("NOPASSWD:")
        // In place, since a line may have a tag at every byte.
        var rest = Array(command.utf8)[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")),
            case let tag = String(decoding: rest[..<colon], as: UTF8.self).trimmed, isTag(tag)
        {
            noPassword = noPassword || tag == "NOPASSWD"
            rest = rest[(colon + 1)...]
        }
        let commands = String(decoding: rest, as: UTF8.self).trimmed
        return Item(
            type: .sudoRule, title: "\(who): \(commands)",
            attributes: [
                "name": .text(String(who)), "commands": .text(commands), "noPassword": .flag(noPassword),
            ])
    }

    private static func isTag(_ text: String) -> Bool {
        text.utf8.allSatisfy { PlainText.isUpper($0) || $0 == UInt8(ascii: "_") }
    }

    /// `Defaults:who !authenticate`, which spares everybody it is about the password.
    private static func sudoSetting(_ text: String) -> Item? {
        guard text.hasPrefix("Defaults") else { return nil }
        let words = text.split { " \t,".contains($0) }
        guard words.dropFirst().contains("!authenticate") else { return nil }
        return Item(
            type: .sudoRule, title: text,
            attributes: [
                "name": .text(String(words[0])), "commands": .text("ALL"), "noPassword": .flag(true),
            ])
    }

    /// `@include FILE` of a file that is not taken for one of sudo's: of what it lets whom do, nothing is known.
    private static func sudoInclude(_ text: String) -> Item? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard words.count > 1, ["@include", "#include", "@includedir", "#includedir"].contains(words[0]),
            case let path = words.dropFirst().joined(separator: " "), !path.hasPrefix("/etc/sudoers.d")
        else { return nil }
        return Item(
            type: .sudoRule, title: "what \(path) says", attributes: ["name": .text("\(words[0]) \(path)")])
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
