import Archives
import Testing

struct DecoderMemoryTests {
    @Test("there is so much, and what is given back may be taken again")
    func taken() {
        let memory = DecoderMemory()
        #expect(!memory.isHeld)
        #expect(memory.take(20 << 20) == 20 << 20)
        #expect(memory.take(20 << 20) == 12 << 20)
        memory.giveBack(20 << 20)
        #expect(memory.take(40 << 20) == 20 << 20)
        #expect(memory.isHeld && memory.isOffered() && !memory.takeRefusal())
    }

    @Test("who has none gives none, and says once that some was wanted")
    func none() {
        let memory = DecoderMemory.none()
        #expect(memory.take(0) == 0 && !memory.takeRefusal())
        #expect(memory.take(1) == 0 && memory.takeRefusal() && !memory.takeRefusal())
        #expect(!memory.isOffered() && memory.takeRefusal() && !memory.takeRefusal())
    }
}
