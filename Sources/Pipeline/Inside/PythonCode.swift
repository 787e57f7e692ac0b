/// The constants and names of a code object, by where they stand in the file, and what its instructions do with them.
struct PythonCode {
    let constants: [Int]
    let names: [Int]
    let variables: [Int]

    /// One instruction.
    private struct Step {
        let code: UInt8
        let argument: Int
    }

    /// Which constant is given to which name, both by place: `a = "b"`, `x.a = "b"`, `x["a"] = "b"`, `("a", "b")`.
    func assignments(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>
    ) -> [(name: Int, value: Int)] {
        var found: [(name: Int, value: Int)] = []
        // As far back as what is stored can have been fetched; room for more, so that it is seldom moved.
        let reach = 6
        var before: [Step] = []
        before.reserveCapacity(64)
        follow(code, known, in: bytes) { step in
            let last = before.last
            switch step.code {
            case known.storeName, known.storeGlobal:
                add(name: names, step.argument, last, known, &found)
            case known.storeFast: add(name: variables, step.argument, last, known, &found)
            case known.storeAttribute:
                add(name: names, step.argument, Self.value(before.suffix(reach), known), known, &found)
            case known.storeItem:
                guard let last, last.code == known.loadConstant else { break }
                add(
                    name: constants, last.argument, Self.value(before.suffix(reach).dropLast(), known), known,
                    &found)
            case known.loadConstant:
                guard let last, last.code == known.loadConstant else { break }
                add(name: constants, last.argument, step, known, &found)
            default: break
            }
            before.append(step)
            if before.count == 64 { before.removeFirst(before.count - reach) }
        }
        return found
    }

    /// Tuples of names, and the constants right before them: keys of a dictionary, names of a call's arguments.
    func keyed(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>
    ) -> [(keys: Int, values: [Int])] {
        var found: [(keys: Int, values: [Int])] = []
        var run: [Int] = []
        follow(code, known, in: bytes) { step in
            let isLoad = step.code == known.loadConstant
            guard isLoad || step.code == known.keywords, constants.indices.contains(step.argument) else {
                return run.removeAll(keepingCapacity: true)
            }
            let place = constants[step.argument]
            let type = !run.isEmpty && place < bytes.count ? bytes[place] & 0x7f : 0
            if type == UInt8(ascii: ")") || type == UInt8(ascii: "r") { found.append((place, run)) }
            if isLoad { run.append(place) } else { run.removeAll(keepingCapacity: true) }
            if run.count > 64 { run.removeFirst(32) }
        }
        return found
    }

    /// What was fetched before that which it becomes part of.
    private static func value(_ before: ArraySlice<Step>, _ known: PythonInstructions) -> Step? {
        before.last { !known.loads.contains($0.code) }
    }

    private func add(
        name holder: [Int], _ index: Int, _ value: Step?, _ known: PythonInstructions,
        _ found: inout [(name: Int, value: Int)]
    ) {
        guard let value, value.code == known.loadConstant, holder.indices.contains(index),
            constants.indices.contains(value.argument)
        else { return }
        found.append((holder[index], constants[value.argument]))
    }

    private func follow(
        _ code: Range<Int>, _ known: PythonInstructions, in bytes: Span<UInt8>, _ body: (Step) -> Void
    ) {
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
            body(Step(code: instruction, argument: argument))
        }
    }
}
