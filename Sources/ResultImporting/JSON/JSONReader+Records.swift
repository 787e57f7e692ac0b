internal import Model

extension JSONReader {
    /// Gives `body` every record of the list that comes next; false from it, or no object, makes it a fault.
    ///
    /// No list at all is none, since some languages write an empty one as null; anything else is a fault.
    func records(
        dropping dropped: Set<String> = [], into log: inout ImportLog, _ what: String,
        _ body: (JSONValue, inout ImportLog) -> Bool
    ) throws(ImportError) {
        let start = place
        switch try peek() {
        case UInt8(ascii: "["):
            try list { _ throws(ImportError) in
                try record(dropping: dropped, into: &log, what, body)
            }
        case UInt8(ascii: "n"): try skip()
        default:
            try skip()
            log.addFault(at: start, "\(what): no list")
        }
    }

    /// Gives `body` the record that comes next.
    func record(
        dropping dropped: Set<String> = [], into log: inout ImportLog, _ what: String,
        _ body: (JSONValue, inout ImportLog) -> Bool
    ) throws(ImportError) {
        _ = try peek()
        let start = place
        guard let value = try value(dropping: dropped) else {
            return log.addFault(at: start, "\(what): larger than any, or with a key twice")
        }
        guard value.isObject else { return log.addFault(at: start, "\(what): \(value.summary)") }
        if !body(value, &log) { log.addFault(at: start, "\(what): without what every one has") }
    }

    /// The object that comes next, whole; nil where that is null, and after a fault where it is anything else.
    func part(
        _ what: String, dropping dropped: Set<String> = [], into log: inout ImportLog
    ) throws(ImportError) -> JSONValue? {
        try whole(what, dropping: dropped, into: &log, where: \.isObject)
    }

    /// The elements of the list that comes next; none where that is null, and after a fault where it is anything else.
    func elements(
        _ what: String, dropping dropped: Set<String> = [], into log: inout ImportLog
    ) throws(ImportError) -> [JSONValue] {
        try whole(what, dropping: dropped, into: &log, where: \.isList)?.list ?? []
    }

    /// The number that comes next; nil where that is null, and after a fault where it is anything else.
    func number(_ what: String, into log: inout ImportLog) throws(ImportError) -> Int? {
        try whole(what, dropping: [], into: &log) { $0.number != nil }?.number
    }

    private func whole(
        _ what: String, dropping dropped: Set<String>, into log: inout ImportLog,
        where isWanted: (JSONValue) -> Bool
    ) throws(ImportError) -> JSONValue? {
        _ = try peek()
        let start = place
        guard let value = try value(dropping: dropped) else {
            log.addFault(at: start, "\(what): larger than any, or with a key twice")
            return nil
        }
        if isWanted(value) { return value }
        if value != .null { log.addFault(at: start, "\(what): \(value.summary)") }
        return nil
    }

    /// The text that comes next; nil, and the value is skipped, where it is none.
    func word() throws(ImportError) -> String? {
        guard try peek() == UInt8(ascii: "\"") else {
            try skip()
            return nil
        }
        return try text(limit: 4096)
    }
}
