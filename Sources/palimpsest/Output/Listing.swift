import Pipeline

/// Prints a list that a stage made, or its error.
enum Listing {
    static func print(_ make: () throws(AuditError) -> [String]) throws {
        do {
            for line in try make() { try Console.say(Console.plain(line)) }
        } catch {
            Console.complain(error)
            throw ExitStatus.failed.code
        }
    }
}
