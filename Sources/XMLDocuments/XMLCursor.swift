internal import CLibXML2

/// Walks over a document node by node with libxml2's reader.
@safe
struct XMLCursor: ~Copyable {
    enum Event {
        case start(XMLElement)
        case text(String)
        case end
    }

    /// Owned: the reader reads from it as it goes; nil where it reads a stream.
    private let bytes: UnsafeMutableBufferPointer<UInt8>?
    private let stream: XMLByteStream?
    private let reader: xmlTextReaderPtr
    /// How many elements are open; nil before the first.
    private var depth: Int?
    /// Set after `<a/>`, for which the reader reports no end.
    private var owesEnd = false

    static func open(_ document: [UInt8]) throws(XMLError) -> XMLCursor {
        xmlResetLastError()
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(document.count, 1))
        _ = unsafe bytes.initialize(fromContentsOf: document)
        let text = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard
            let reader = unsafe xmlReaderForMemory(
                text, Int32(clamping: document.count), nil, nil, Self.options)
        else {
            unsafe bytes.deallocate()
            throw XMLError(code: .malformed, place: "the document", reason: "it is empty")
        }
        return unsafe XMLCursor(bytes: bytes, stream: nil, reader: reader)
    }

    /// A cursor over a document that comes in pieces.
    static func open(_ stream: XMLByteStream) throws(XMLError) -> XMLCursor {
        xmlResetLastError()
        // The cursor keeps the stream for as long as the reader may ask it.
        let context = unsafe Unmanaged.passUnretained(stream).toOpaque()
        let reader = unsafe xmlReaderForIO(
            { context, buffer, capacity in
                guard let context = unsafe context, let buffer = unsafe buffer else { return -1 }
                let stream = unsafe Unmanaged<XMLByteStream>.fromOpaque(context).takeUnretainedValue()
                return unsafe stream.read(into: buffer, capacity: capacity)
            }, { _ in 0 }, context, nil, nil, Self.options)
        guard let reader = unsafe reader else {
            throw XMLError(code: .library, place: "the document", reason: "out of memory")
        }
        return unsafe XMLCursor(bytes: nil, stream: stream, reader: reader)
    }

    private init(
        bytes: UnsafeMutableBufferPointer<UInt8>?, stream: XMLByteStream?, reader: xmlTextReaderPtr
    ) {
        unsafe self.bytes = unsafe bytes
        self.stream = stream
        unsafe self.reader = unsafe reader
    }

    deinit {
        unsafe xmlFreeTextReader(reader)
        unsafe bytes?.deallocate()
    }

    /// No network, no entities, no words on standard error.
    private static let options = Int32(
        bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_NOCDATA.rawValue)

    /// The next start, text or end; nil at the end of the document.
    mutating func next() throws(XMLError) -> Event? {
        if owesEnd {
            owesEnd = false
            return counted(.end)
        }
        while true {
            switch unsafe xmlTextReaderRead(reader) {
            case 1: if let event = try event() { return counted(event) }
            case 0: return nil
            default:
                throw XMLError(code: isCutOff ? .truncated : .malformed, place: place, reason: lastReason)
            }
        }
    }

    private mutating func counted(_ event: Event) -> Event {
        switch event {
        case .start: depth = (depth ?? 0) + 1
        case .end: depth = (depth ?? 0) - 1
        case .text: break
        }
        return event
    }

    private var isBehindRoot: Bool { depth == 0 }

    func limit(_ reason: String) -> XMLError { XMLError(code: .limit, place: place, reason: reason) }

    private mutating func event() throws(XMLError) -> Event? {
        switch unsafe UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
        case XML_READER_TYPE_ELEMENT.rawValue:
            owesEnd = unsafe xmlTextReaderIsEmptyElement(reader) == 1
            return .start(element())
        case XML_READER_TYPE_END_ELEMENT.rawValue:
            return .end
        case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
            XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
            return .text(value())
        case XML_READER_TYPE_DOCUMENT_TYPE.rawValue, XML_READER_TYPE_ENTITY_REFERENCE.rawValue:
            throw XMLError(
                code: .documentType, place: place, reason: "document types and entities are not read")
        default:
            return nil
        }
    }

    private func element() -> XMLElement {
        var element = XMLElement(name: name(), attributes: [], children: [], text: "", line: line)
        while unsafe xmlTextReaderMoveToNextAttribute(reader) == 1 {
            element.attributes.append(XMLElement.Attribute(name: name(), value: value()))
        }
        _ = unsafe xmlTextReaderMoveToElement(reader)
        return element
    }

    private func name() -> String { unsafe string(xmlTextReaderConstName(reader)) }

    private func value() -> String { unsafe string(xmlTextReaderConstValue(reader)) }

    private func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
        guard let pointer = unsafe pointer else { return "" }
        return unsafe String(cString: pointer)
    }

    private var line: Int { unsafe Int(xmlTextReaderGetParserLineNumber(reader)) }

    private var place: String { "line \(line)" }

    /// Whether the last error stands where a stream ended.
    private var isCutOff: Bool {
        guard let stream, let error = unsafe xmlGetLastError() else { return false }
        let (line, column) = unsafe (Int(error.pointee.line), Int(error.pointee.int2))
        // What the parser says where it wants more, and also where more stands behind the root element.
        let wantsMore = unsafe error.pointee.code == Int32(XML_ERR_DOCUMENT_END.rawValue)
        if wantsMore { return stream.hasEnded && !isBehindRoot }
        return stream.ends(atLine: line, column: column)
    }

    private var lastReason: String {
        guard let error = unsafe xmlGetLastError(), let message = unsafe error.pointee.message else {
            return "not well-formed XML"
        }
        return unsafe String(cString: message).split(separator: "\n").joined(separator: " ")
    }
}
