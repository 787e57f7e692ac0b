internal import CLibXML2

/// Writes one XML document into memory through libxml2.
///
/// Names are string literals, so none ever comes from input. Text must be free of characters that XML cannot hold:
/// libxml2 would write them as they are, and the document would not be well formed, so the writer refuses them.
@safe
package struct XMLWriter: ~Copyable {
    private let buffer: xmlBufferPtr
    private let writer: xmlTextWriterPtr
    private var openElements: [String] = []
    private var lastEndedElement = false

    /// A writer that has written the XML declaration, for UTF-8.
    package static func open() throws(XMLError) -> XMLWriter {
        guard let buffer = unsafe xmlBufferCreate() else { throw outOfMemory }
        guard let writer = unsafe xmlNewTextWriterMemory(buffer, 0) else {
            unsafe xmlBufferFree(buffer)
            throw outOfMemory
        }
        let document = unsafe XMLWriter(buffer: buffer, writer: writer)
        try document.check(unsafe xmlTextWriterStartDocument(writer, nil, "UTF-8", nil))
        return document
    }

    private init(buffer: xmlBufferPtr, writer: xmlTextWriterPtr) {
        unsafe self.buffer = unsafe buffer
        unsafe self.writer = unsafe writer
    }

    deinit {
        unsafe xmlFreeTextWriter(writer)
        unsafe xmlBufferFree(buffer)
    }

    /// Starts an element, on a line of its own.
    package mutating func start(_ name: StaticString) throws(XMLError) {
        try breakLine()
        try check(unsafe xmlTextWriterStartElement(writer, "\(name)"))
        openElements.append("\(name)")
        lastEndedElement = false
    }

    /// Adds an attribute to the element just started; line breaks and tabs in it become character references.
    package mutating func attribute(_ name: StaticString, _ value: String) throws(XMLError) {
        try checkCharacters(value)
        try check(unsafe xmlTextWriterWriteAttribute(writer, "\(name)", value))
    }

    /// Adds text to the element.
    package mutating func text(_ text: String) throws(XMLError) {
        try checkCharacters(text)
        try check(unsafe xmlTextWriterWriteString(writer, text))
    }

    /// Ends the element started last.
    package mutating func end() throws(XMLError) {
        guard !openElements.isEmpty else {
            throw XMLError(code: .library, place: "the end of the document", reason: "no element is open")
        }
        if lastEndedElement { try breakLine(depth: openElements.count - 1) }
        try check(unsafe xmlTextWriterEndElement(writer))
        openElements.removeLast()
        lastEndedElement = true
    }

    /// Ends the document and gives its bytes.
    package consuming func finish() throws(XMLError) -> [UInt8] {
        guard openElements.isEmpty else {
            throw XMLError(code: .library, place: place, reason: "the element was not ended")
        }
        try check(unsafe xmlTextWriterEndDocument(writer))
        try check(unsafe xmlTextWriterFlush(writer))
        let count = Int(unsafe xmlBufferLength(buffer))
        return unsafe Array(UnsafeBufferPointer(start: xmlBufferContent(buffer), count: count))
    }

    private static let outOfMemory = XMLError(code: .library, place: "the document", reason: "out of memory")

    private var place: String { openElements.isEmpty ? "the document" : openElements.joined(separator: "/") }

    /// Indentation is ours: libxml2's own leaves the ends of elements with mixed content where they fall.
    private func breakLine(depth: Int? = nil) throws(XMLError) {
        guard depth != nil || !openElements.isEmpty else { return }
        let line = "\n" + String(repeating: "  ", count: depth ?? openElements.count)
        try check(unsafe xmlTextWriterWriteRaw(writer, line))
    }

    private func checkCharacters(_ text: String) throws(XMLError) {
        guard let illegal = XMLCharacters.firstIllegal(in: text) else { return }
        let name = "U+" + String(illegal.value, radix: 16, uppercase: true)
        throw XMLError(
            code: .illegalCharacter, place: place, reason: "text holds \(name), which XML cannot hold")
    }

    private func check(_ status: Int32) throws(XMLError) {
        guard status < 0 else { return }
        throw XMLError(code: .library, place: place, reason: "libxml2 could not write (status \(status))")
    }
}
