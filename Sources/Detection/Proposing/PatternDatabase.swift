internal import CVectorscan
internal import Glibc
internal import Patterns

/// All patterns at once, compiled: says in one pass over a window which of them match, and where they end.
///
/// It never says where a match starts and never captures: that would cost more than the whole rest.
/// `RegularExpression` does both, on the few bytes this stage proposes.
///
/// Vectorscan does not change a database once it is made, and documents that any number of threads may scan
/// with one, each with scratch space of its own: hence `@unchecked Sendable` over its plain pointer.
@safe final class PatternDatabase: @unchecked Sendable {
    private let handle: OpaquePointer

    @unsafe private init(taking handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe hs_free_database(handle) }

    /// Compiles `patterns`; the id of each is its index.
    static func compile(_ patterns: [ProposingPattern]) throws(DetectionError) -> PatternDatabase {
        let texts = patterns.map { Array($0.pattern.utf8CString) }
        let flags = [UInt32](repeating: 0, count: patterns.count)
        let ids = (0..<UInt32(patterns.count)).map { $0 }
        var database: OpaquePointer?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        let status = unsafe withPointers(to: texts) { pointers in
            unsafe hs_compile_multi(
                pointers.baseAddress, flags, ids, UInt32(patterns.count), UInt32(HS_MODE_BLOCK), nil,
                &database,
                &failure)
        }
        defer { unsafe hs_free_compile_error(failure) }
        // Compiling takes several times what is left of it, which would add to what layers take.
        releaseFreedMemory()
        if status == HS_SUCCESS, let database = unsafe database {
            return unsafe PatternDatabase(taking: database)
        }
        let words = unsafe failure.flatMap { unsafe $0.pointee.message }.map { unsafe String(cString: $0) }
        let index = Int(unsafe failure?.pointee.expression ?? -1)
        guard patterns.indices.contains(index) else {
            throw DetectionError(
                code: .engineFailed, reason: "patterns not compiled by Vectorscan", underlying: words)
        }
        throw DetectionError(
            code: .patternInvalid, place: patterns[index].place, reason: "pattern not accepted by Vectorscan",
            underlying: words)
    }

    /// A database from the bytes that `serialized()` made on a machine of this kind, or nil where it is not one.
    convenience init?(serialized bytes: Span<UInt8>) {
        var database: OpaquePointer?
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe hs_deserialize_database(buffer.baseAddress, buffer.count, &database)
        }
        guard status == HS_SUCCESS, let database = unsafe database else { return nil }
        unsafe self.init(taking: database)
    }

    /// The database as bytes; nil where memory is short.
    func serialized() -> [UInt8]? {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard unsafe hs_serialize_database(handle, &bytes, &count) == HS_SUCCESS, let bytes = unsafe bytes
        else {
            return nil
        }
        defer { unsafe free(bytes) }
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    static func releaseFreedMemory() { malloc_trim(0) }

    /// Scratch space for one thread; the caller frees it.
    @unsafe func makeScratch() throws(DetectionError) -> OpaquePointer {
        var scratch: OpaquePointer?
        let status = unsafe hs_alloc_scratch(handle, &scratch)
        guard status == HS_SUCCESS, let scratch = unsafe scratch else {
            throw DetectionError(
                code: .engineFailed, reason: "no scratch space for Vectorscan", underlying: "status \(status)"
            )
        }
        return unsafe scratch
    }

    /// Reports every match in `window` to `callback`; returns Vectorscan's status.
    @unsafe func scan(
        _ window: UnsafeBufferPointer<CChar>, scratch: OpaquePointer, callback: match_event_handler,
        context: UnsafeMutableRawPointer
    ) -> Int32 {
        unsafe hs_scan(
            handle, window.baseAddress, UInt32(window.count), 0, scratch, callback, context)
    }

    /// Why Vectorscan does not take `pattern`, in its own words; nil where it does, as far as reading it shows.
    static func refusal(of pattern: String) -> String? {
        var info: UnsafeMutablePointer<hs_expr_info_t>?
        var failure: UnsafeMutablePointer<hs_compile_error_t>?
        let status = unsafe hs_expression_info(pattern, 0, &info, &failure)
        defer {
            unsafe hs_free_compile_error(failure)
            unsafe free(info)
        }
        guard status != HS_SUCCESS else { return nil }
        return unsafe failure.flatMap { unsafe $0.pointee.message }.map { unsafe String(cString: $0) }
            ?? "status \(status)"
    }

    /// What a serialized database depends on beside its patterns: the library's version and the processor's kind.
    static var platform: String {
        var platform = hs_platform_info_t()
        unsafe hs_populate_platform(&platform)
        let version = unsafe hs_version().map { unsafe String(cString: $0) } ?? ""
        return "\(version) \(platform.tune) \(platform.cpu_features)"
    }

    private static func withPointers<Result>(
        to texts: [[CChar]], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        // One buffer for all texts: pointers into it are good for as long as it is.
        let joined = Array(texts.joined())
        return unsafe joined.withUnsafeBufferPointer { buffer in
            var offset = 0
            let pointers = unsafe texts.map { text in
                defer { offset += text.count }
                return unsafe buffer.baseAddress?.advanced(by: offset)
            }
            return unsafe pointers.withUnsafeBufferPointer(body)
        }
    }
}
