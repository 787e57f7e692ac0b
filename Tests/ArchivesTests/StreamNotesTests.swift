import Testing

@testable import Archives

struct StreamNotesTests {
    @Test("as many bytes as are kept are all there, and none is missing", arguments: [0, 1])
    func full(more: Int) {
        let notes = StreamNotes()
        notes.add([UInt8](repeating: 0x61, count: (4 << 20) + more).span)
        notes.endPiece()
        #expect(notes.bytes.count == 4 << 20 && notes.missing == more)
    }
}
