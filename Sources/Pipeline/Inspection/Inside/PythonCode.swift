/// The constants and names of a code object, by where they stand in the file, and what its instructions do with them.
struct PythonCode {
    let constants: [Int32]
    let names: [Int32]
    let variables: [Int32]

    /// One instruction.
    private struct Step {
        let code: UInt8
        let argument: Int
    }

    /// The instructions before the one at hand, as far back as what is stored can have been fetched.
    private struct Recent {
        private static let reach = 6
        private var steps = InlineArray<8, Step>(repeating: Step(code: 0, argument: 0))
        private var count = 0

        mutating func add(_ step: Step) {
            steps[count & 7] = step
            count += 1
        }

        /// The one so many before the latest; nil where there is none so near.
        subscript(back: Int) -> Step? {
            back < min(count, Self.reach) ? steps[(count - 1 - back) & 7] : nil
        }

        /// What was fetched before that which it becomes part of, from the one so many before the latest on.
        func value(from start: Int, _ known: PythonInstructions) -> Step? {
            var back = start
            while let step = self[back] {
                if !known.loads.contains(step.code) { return step }
                back += 1
            }
            return nil
        }
    }

    /// Tells which constant is given to which name, both by place: `a = "b"`, `x.a = "b"`, `x["a"] = "b"`, `("a", "b")`.
    func assignments<Failure: Error>(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>,
        _ tell: (_ name: Int, _ value: Int) throws(Failure) -> Void
    ) throws(Failure) {
        var recent = Recent()
        try follow(code, known, in: bytes) { step throws(Failure) in
            if let (name, value) = assigned(by: step, behind: recent, known) { try tell(name, value) }
            recent.add(step)
        }
    }

    /// What `step` gives to which name, as far as the steps before it tell.
    private func assigned(
        by step: Step, behind recent: borrowing Recent, _ known: PythonInstructions
    ) -> (name: Int, value: Int)? {
        switch step.code {
        case known.storeName, known.storeGlobal: return pair(names, step.argument, recent[0], known)
        case known.storeFast: return pair(variables, step.argument, recent[0], known)
        case known.storeAttribute:
            return pair(names, step.argument, recent.value(from: 0, known), known)
        case known.storeItem:
            guard let last = recent[0], last.code == known.loadConstant else { return nil }
            return pair(constants, last.argument, recent.value(from: 1, known), known)
        case known.loadConstant:
            guard let last = recent[0], last.code == known.loadConstant else { return nil }
            return pair(constants, last.argument, step, known)
        default: return nil
        }
    }

    /// Tells tuples of names, and the constants right before them: keys of a dictionary, names of a call's arguments.
    func keyed<Failure: Error>(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>,
        _ tell: (_ keys: Int, _ values: [Int]) throws(Failure) -> Void
    ) throws(Failure) {
        var run: [Int] = []
        try follow(code, known, in: bytes) { step throws(Failure) in
            let isLoad = step.code == known.loadConstant
            guard isLoad || step.code == known.keywords, constants.indices.contains(step.argument) else {
                if !run.isEmpty { run.removeAll(keepingCapacity: true) }
                return
            }
            let place = Int(constants[step.argument])
            let type = !run.isEmpty && place < bytes.count ? bytes[place] & 0x7f : 0
            if type == UInt8(ascii: ")") || type == UInt8(ascii: "r") { try tell(place, run) }
            if isLoad { run.append(place) } else { run.removeAll(keepingCapacity: true) }
            if run.count > 64 { run.removeFirst(32) }
        }
    }

    private func pair(
        _ holder: [Int32], _ index: Int, _ value: Step?, _ known: PythonInstructions
    ) -> (name: Int, value: Int)? {
        guard let value, value.code == known.loadConstant, holder.indices.contains(index),
            constants.indices.contains(value.argument)
        else { return nil }
        return (Int(holder[index]), Int(constants[value.argument]))
    }

    private func follow<Failure: Error>(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>,
        _ body: (Step) throws(Failure) -> Void
    ) throws(Failure) {
        var argument = 0
        var place = code.lowerBound
        while place + 1 < code.upperBound {
            argument = (argument << 8 | Int(bytes[place + 1])) & 0xffff_ffff
            let instruction = bytes[place]
            place += 2
            guard instruction != known.extend else { continue }
            defer { argument = 0 }
            // Room that the interpreter keeps for itself.
            guard instruction != 0 else { continue }
            try body(Step(code: instruction, argument: argument))
        }
    }
}
