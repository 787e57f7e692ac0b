/// Where what belongs to a program itself ends, so that more behind it is none of it.
package enum ProgramEnd {
    /// From where on archives may stand in a program or script of `size` bytes that begins like this: nil where it does
    /// not say, 0 in a script, and in one of Linux or Windows behind all that its headers speak of.
    ///
    /// What is said of sections counts only where it lies in the file: nobody needs them to run a program.
    package static func find(in beginning: Span<UInt8>, size: Int) -> Int? {
        if beginning.count > 2, beginning[0] == UInt8(ascii: "#"), beginning[1] == UInt8(ascii: "!") {
            return 0
        }
        if beginning.count > 2, beginning[0] == UInt8(ascii: "M"), beginning[1] == UInt8(ascii: "Z") {
            return WindowsProgram.end(in: beginning, size: size)
        }
        return LinuxProgram(beginning, size: size)?.end
    }

    /// From where on a program of Linux or Windows has what is not loaded to run it; nil of others.
    package static func loaded(in beginning: Span<UInt8>, size: Int) -> Int? {
        if beginning.count > 2, beginning[0] == UInt8(ascii: "M"), beginning[1] == UInt8(ascii: "Z") {
            return WindowsProgram.end(in: beginning, size: size)
        }
        return LinuxProgram(beginning, size: size)?.loadedEnd
    }
}
