/// Which number a finding or item goes by.
struct SubjectNumbers {
    private var numbers: [String: Int] = [:]

    init(_ subjects: [Subject]) {
        for subject in subjects {
            for placement in subject.placements { numbers[placement.id] = subject.number }
        }
    }

    subscript(id: String) -> Int? { numbers[id] }
}
