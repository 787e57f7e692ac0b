/// Which readers a JUnit document is for: what one needs, another's schema refuses.
enum JUnitFlavor {
    /// What Jenkins and Azure DevOps have in common: no attributes on the root; on each suite all of them, an id counted
    /// from 0 and a time without zone; properties, cases, `system-out` and `system-err` in that order, none left out; on
    /// a case its name, class and time and at most one outcome.
    case strict
    /// One suite, which is the root, and neither host nor id nor output of its own.
    case surefire
    /// As strict, and on a case its file and output.
    case gitlab
}
