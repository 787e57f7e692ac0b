internal import Archives
internal import HTTP

/// What an engine answers; says of a failure whose it is.
final class EngineStream: ByteSource {
    private let answer: HTTPResponse
    private let place: String

    init(_ answer: HTTPResponse, from place: String) {
        self.answer = answer
        self.place = place
    }

    func read(into buffer: inout MutableSpan<UInt8>) throws(ArchiveError) -> Int {
        do throws(ArchiveError) {
            return try answer.read(into: &buffer)
        } catch {
            throw ArchiveError(
                error.code, "engine at \(place) broke off its answer",
                underlying: answer.failure.map(Engine.words))
        }
    }
}
