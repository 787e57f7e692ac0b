/// A module's code as Python's `marshal` writes it, without the header of a `.pyc` file: so PyInstaller keeps modules.
package enum PythonCodeObject {
    /// The mark of a code object, and the same of one that others refer to.
    private static let marks: [UInt8] = [0x63, 0xe3]
    /// A module has no arguments of any kind.
    private static let arguments = 12
    private static let word = 4

    /// The number that the `.pyc` files of the version have which wrote what begins like this; nil where it is no code
    /// object of a module.
    ///
    /// Of versions that differ in nothing that matters here it is that of one.
    package static func magic(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.count > 1 + 6 * word + 5, marks.contains(bytes[0]),
            (1...arguments).allSatisfy({ bytes[$0] == 0 })
        else { return nil }
        // Size of the stack and flags; before 3.11 also a number of variables, which a module has none of.
        for (numbers, isNew) in [(2, true), (3, false)] {
            let text = 1 + arguments + numbers * word
            let flags = text - word
            guard bytes[text] & 0x7f == UInt8(ascii: "s"), bytes[text + 4] == 0, bytes[flags + 3] == 0,
                bytes[flags - 1] == 0
            else { continue }
            return isNew ? newMagic(bytes.extracting((text + 5)...)) : 3_413
        }
        return nil
    }

    /// Tells the version by the instruction with which all code begins since 3.11.
    private static func newMagic(_ code: Span<UInt8>) -> Int {
        // Cells may be made before it.
        for index in stride(from: 0, to: min(code.count - 1, 32), by: 2) where code[index + 1] == 0 {
            switch code[index] {
            case 149: return 3_571
            case 128: return 3_627
            case 151: return 3_495
            default: continue
            }
        }
        return 3_495
    }
}
