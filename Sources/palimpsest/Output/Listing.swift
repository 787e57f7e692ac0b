import Pipeline

/// Prints a list that a stage made, or its error.
enum Listing {
    /// For people: a terminal gets its lines broken where they are too long for it.
    static func print(
        whileChecking isCheck: Bool = false, _ make: () throws(AuditError) -> [String]
    ) throws {
        try complaining(isCheck) { () throws(AuditError) in
            for line in try make() { try Console.tell(Console.plain(line)) }
        }
    }

    /// Also for programs, such as YAML, or paths: every line stays as it is.
    static func printDocument(_ make: () throws(AuditError) -> [String]) throws {
        try complaining(false) { () throws(AuditError) in
            for line in try make() { try Console.say(Console.plain(line)) }
        }
    }

    private static func complaining(_ isCheck: Bool, _ print: () throws(AuditError) -> Void) throws {
        do {
            try print()
        } catch {
            Console.complain(error, whileChecking: isCheck)
            throw ExitStatus.failed.code
        }
    }
}
