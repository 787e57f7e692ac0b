internal import Cryptography

/// Bytes that follow from a seed: SHA-256 over the seed and a counter.
struct SeededBytes {
    private let seed: [UInt8]
    private var counter = 0
    private var pool: [UInt8] = []

    init(_ seed: String) { self.seed = Array(seed.utf8) }

    mutating func byte() -> UInt8 {
        if pool.isEmpty {
            pool = SHA256Hasher.hash(seed + Array(":\(counter)".utf8))
            counter += 1
        }
        return pool.removeLast()
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

    mutating func below(_ limit: Int) -> Int { (Int(byte()) << 16 | Int(byte()) << 8 | Int(byte())) % limit }
}
