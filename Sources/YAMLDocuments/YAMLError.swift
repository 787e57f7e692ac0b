/// Why a document was refused, and where.
package struct YAMLError: Error, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        case tooLarge, tooDeep, tooManyNodes
        case empty, severalDocuments
        case byteOrderMark, notUTF8, forbiddenCharacter
        case anchor, alias, tag, mergeKey
        case duplicateKey, keyNotText
        /// Laid out in another way it would say something else.
        case layout
        /// libyaml's own refusal, in its own words.
        case syntax
    }

    /// A mark in a named file.
    package struct Place: Hashable, Sendable {
        package let file: String
        package let mark: YAMLMark

        package init(file: String, mark: YAMLMark) {
            self.file = file
            self.mark = mark
        }
    }

    package let code: Code
    package let place: Place
    package let reason: String

    package init(_ code: Code, at place: Place, _ reason: String) {
        self.code = code
        self.place = place
        self.reason = reason
    }
}

extension YAMLError: Hashable {
    package static func == (left: YAMLError, right: YAMLError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(place)
    }
}

extension YAMLError: CustomStringConvertible {
    package var description: String {
        "\(place.file):\(place.mark.line):\(place.mark.column): \(reason)"
    }
}
